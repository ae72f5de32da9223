import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setTimeout } from 'node:timers/promises';

const example = fileURLToPath(new URL('../../../examples/nginx/nginx.conf', import.meta.url));

/** nginx as the example configures it, on ports of its own. */
export class Nginx {
  #process;
  #folder;
  #printed = '';

  async start(port, nodes) {
    this.#folder = await mkdtemp(join(tmpdir(), 'mainstay-nginx-'));
    const said = await readFile(example, 'utf8');
    const configured = ['8787', '8788'].reduce(
      (text, known, index) => text.replace(`127.0.0.1:${known}`, `127.0.0.1:${nodes[index]}`),
      said.replace('listen 8080', `listen 127.0.0.1:${port}`),
    );
    const file = join(this.#folder, 'nginx.conf');
    await writeFile(file, configured);
    const where = `daemon off; pid ${this.#folder}/pid; error_log stderr warn;`;
    this.#process = spawn('nginx', ['-p', this.#folder, '-c', file, '-g', where], {
      env: { ...process.env, PATH: `${process.env.PATH}:/usr/sbin` },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [this.#process.stdout, this.#process.stderr])
      stream.setEncoding('utf8').on('data', (text) => (this.#printed += text));
    this.url = `http://127.0.0.1:${port}`;
    while (!(await fetch(`${this.url}/health/live`).then(({ ok }) => ok, () => false))) {
      if (this.#process.exitCode !== null) throw new Error(`nginx ended:\n${this.#printed}`);
      await setTimeout(20);
    }
  }

  async stop() {
    if (this.#process && this.#process.exitCode === null) {
      const exit = once(this.#process, 'exit');
      this.#process.kill('SIGTERM');
      await exit;
    }
    if (this.#folder) await rm(this.#folder, { recursive: true });
  }
}
