import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

export const suite = fileURLToPath(new URL('..', import.meta.url));

/** The built distribution's launcher: MAINSTAY_BIN, else what this checkout has built. */
export function launcher() {
  if (process.env.MAINSTAY_BIN) return process.env.MAINSTAY_BIN;
  const target = join(suite, '../../app/target');
  const built = (existsSync(target) ? readdirSync(target) : [])
    .map((name) => join(target, name, 'bin/mainstay'))
    .filter((file) => existsSync(file));
  if (built.length !== 1) throw new Error(`not one distribution in ${target}: build it first`);
  return built[0];
}

/** A running server with data of its own. `database` is a `postgres://` address, or null for SQLite. */
export class Server {
  #process;
  #data;
  #environment;
  #printed = '';

  constructor(database) {
    this.database = database;
  }

  /** Serves the suite's model, that of another folder, or that of a project that `mainstay init` makes. */
  async start({ init = false, project: folder = suite, settings = {} } = {}) {
    this.#data = await mkdtemp(join(tmpdir(), 'mainstay-clients-'));
    const project = init ? join(this.#data, 'my-app') : folder;
    if (init) await promisify(execFile)(launcher(), ['init', project]);
    this.#environment = {
      ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^MAINSTAY_(?!JAVA_)/.test(name))),
      MAINSTAY_MODEL: join(project, 'backend.yaml'),
      MAINSTAY_DATA: this.#data,
      MAINSTAY_HTTP_PORT: '0',
      ...(this.database && { MAINSTAY_DATABASE_URL: this.database }),
      ...settings,
    };
    this.#process = spawn(launcher(), ['serve'], { cwd: this.#data, env: this.#environment });
    const ended = once(this.#process, 'exit').then(([code]) => {
      throw new Error(`the server ended with ${code}:\n${this.#printed}`);
    });
    ended.catch(() => {});
    const listening = new Promise((resolve) => {
      for (const stream of [this.#process.stdout, this.#process.stderr])
        stream.setEncoding('utf8').on('data', (text) => {
          this.#printed += text;
          const address = this.#printed.match(/http:\/\/127\.0\.0\.1:[1-9]\d*/);
          if (address) resolve(address[0]);
        });
    });
    this.url = await Promise.race([listening, ended]);
    this.secret = JSON.parse(await readFile(join(this.#data, 'secrets.json'), 'utf8')).jwt_secret;
  }

  /** Runs another command of the program on the same project, and answers what it prints. */
  async run(...words) {
    const { stdout } = await promisify(execFile)(launcher(), words, { cwd: this.#data, env: this.#environment });
    return stdout;
  }

  async stop() {
    if (this.#process && this.#process.exitCode === null) {
      const exit = once(this.#process, 'exit');
      this.#process.kill('SIGTERM');
      await exit;
    }
    if (this.#data) await rm(this.#data, { recursive: true });
  }
}
