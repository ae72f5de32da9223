import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { setTimeout } from 'node:timers/promises';
import { createDatabase, dropDatabase } from '../../js/support/databases.js';
import { freePort } from '../../js/support/ports.js';
import { launcher } from '../../js/support/server.js';
import { sign } from '../../js/support/tokens.js';

const model = fileURLToPath(new URL('../backend.yaml', import.meta.url));
const SECRET = 'a secret that both servers are given';

/** One of the servers, always on the same port. */
class Node {
  #process;
  #printed = '';
  #environment;

  constructor(port, folder, database) {
    this.port = port;
    this.#environment = {
      ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^MAINSTAY_(?!JAVA_)/.test(name))),
      MAINSTAY_MODEL: model,
      MAINSTAY_DATA: join(folder, String(port)),
      MAINSTAY_DATABASE_URL: database,
      MAINSTAY_HTTP_PORT: String(port),
      MAINSTAY_HTTP_DRAIN: '3s',
      MAINSTAY_JWT_SECRET: SECRET,
    };
  }

  /** Starts it, and waits until it is ready. */
  async start() {
    this.#process = spawn(launcher(), ['serve'], { env: this.#environment, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [this.#process.stdout, this.#process.stderr])
      stream.setEncoding('utf8').on('data', (text) => (this.#printed += text));
    while ((await this.ready()).status !== 200) {
      if (this.#process.exitCode !== null) throw new Error(`a server ended:\n${this.#printed}`);
      await setTimeout(20);
    }
  }

  /** What it says of itself; status 0 when nobody answers. */
  async ready() {
    try {
      const answer = await fetch(`http://127.0.0.1:${this.port}/health/ready`);
      return { status: answer.status, body: await answer.json() };
    } catch {
      return { status: 0, body: null };
    }
  }

  /** A command of the program beside it, in its project. */
  async run(...command) {
    await promisify(execFile)(launcher(), command, { env: this.#environment });
  }

  async stop() {
    await this.#end('SIGTERM');
  }

  async kill() {
    await this.#end('SIGKILL');
  }

  async #end(signal) {
    if (!this.#process || this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    const exit = once(this.#process, 'exit');
    this.#process.kill(signal);
    await exit;
  }
}

/** Two servers of one database. */
export class Pair {
  #database;
  #folder;
  nodes = [];

  async start() {
    this.#folder = await mkdtemp(join(tmpdir(), 'mainstay-nodes-'));
    this.#database = await createDatabase();
    this.service = sign({ role: 'service_role' }, SECRET);
    for (let i = 0; i < 2; i++) this.nodes.push(new Node(await freePort(), this.#folder, this.#database));
    // One after the other: the first makes the tables.
    for (const node of this.nodes) await node.start();
  }

  get ports() {
    return this.nodes.map((node) => node.port);
  }

  async stop() {
    await Promise.all(this.nodes.map((node) => node.stop()));
    if (this.#database) await dropDatabase(this.#database);
    if (this.#folder) await rm(this.#folder, { recursive: true });
  }
}
