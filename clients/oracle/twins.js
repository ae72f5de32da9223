// Asks Mainstay on SQLite and Mainstay on PostgreSQL every request of the corpus, and tells where they answer differently.
// SQLite may lack what is named here, and has to say so.
// node twins.js [sections and files…]

import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ask } from './support/ask.js';
import { readCorpus } from './support/corpus.js';
import { Database } from './support/database.js';
import { Mainstay } from './support/mainstay.js';
import { SETUPS } from './support/setups.js';
import { shown } from './support/shown.js';

/** What SQLite cannot have, by comments in the model: above a table, or behind a line. Neither server has it then. */
const NOT_PORTABLE = /^ *# PostgreSQL alone.*\n(?:.+\n)+|^.* # PostgreSQL alone\n/gm;

/** What SQLite refuses as not implemented, by the beginnings of the details. */
const LACKED = [
  'full-text search in a column', // it has search documents
  'a cast to ', // types that PostgreSQL has besides the portable ones
];

const here = fileURLToPath(new URL('.', import.meta.url));
const wanted = process.argv.slice(2);

/** The corpus's model, as far as both engines can have it, in a folder of its own. */
async function portableProject() {
  const folder = await mkdtemp(join(tmpdir(), 'mainstay-twins-'));
  const model = await readFile(`${here}backend.yaml`, 'utf8');
  await writeFile(join(folder, 'backend.yaml'), model.replaceAll(NOT_PORTABLE, ''));
  await cp(`${here}seeds`, join(folder, 'seeds'), { recursive: true });
  return folder;
}

/** Mainstay twice, on one model: on SQLite, and on a PostgreSQL database. */
class Twins {
  #database;
  #servers;

  constructor(database) {
    this.#database = database;
    this.#servers = [new Mainstay(null), new Mainstay(database.address)];
  }

  async start(project, settings) {
    for (const server of this.#servers) await server.start(project, { MAINSTAY_REST_TX: 'commit-allow-override', ...settings });
  }

  async stop() {
    await Promise.all(this.#servers.map((server) => server.stop()));
  }

  /** The answers of both, SQLite's first. A write is undone, and with it the numbers that it has taken. */
  async ask(request) {
    const { Prefer: preferences, ...others } = request.headers;
    const undone = { ...others, Prefer: ['tx=rollback', preferences].filter(Boolean).join(', ') };
    const headers = request.writes ? undone : request.headers;
    const { method, target, body, caller } = request;
    const answers = await Promise.all(
      this.#servers.map(({ url, callers }) => ask(url, { method, target, headers, body }, callers[caller])),
    );
    if (request.writes) await this.#database.restore();
    return answers;
  }
}

/** Which of LACKED the answer refuses, or null. */
function lacked({ status, body }) {
  if (status !== '400') return null;
  const { code, details } = JSON.parse(body);
  return (code === 'PGRST127' && LACKED.find((beginning) => details.startsWith(beginning))) ?? null;
}

const address = process.env.MAINSTAY_TEST_POSTGRES;
if (!address) throw new Error('MAINSTAY_TEST_POSTGRES names no server: run it with scripts/with-postgres');
const sections = readCorpus(`${here}corpus`, wanted);
const project = await portableProject();
const database = await Database.create(address);
const total = { alike: 0, lacking: 0, failed: 0 };
const missed = new Set();
try {
  let kept = false;
  for (const [name, { mainstay }] of Object.entries(SETUPS)) {
    const own = sections.filter((section) => section.setup === name);
    if (own.length === 0) continue;
    const twins = new Twins(database);
    try {
      await twins.start(project, mainstay);
      if (!kept) await database.keep();
      kept = true;
      for (const request of own.flatMap((section) => section.requests)) {
        const [sqlite, postgres] = await twins.ask(request);
        const isAlike = JSON.stringify(sqlite) === JSON.stringify(postgres);
        const lack = isAlike ? null : lacked(sqlite);
        if (lack) missed.add(lack);
        total[isAlike ? 'alike' : lack ? 'lacking' : 'failed']++;
        if (isAlike || lack) continue;
        console.log(
          `  ${request.place}\n    ${request.text}\n    on SQLite\n${shown(sqlite)}    on PostgreSQL\n${shown(postgres)}`,
        );
      }
    } finally {
      await twins.stop();
    }
  }
} finally {
  await database.drop();
  await rm(project, { recursive: true });
}
const unused = wanted.length === 0 ? LACKED.filter((beginning) => !missed.has(beginning)) : [];
for (const beginning of unused) console.log(`  SQLite lacks it no more: ${beginning}`);
console.log(
  `twins: ${total.alike + total.lacking + total.failed} requests, ${total.alike} answered alike, ` +
    `${total.lacking} lacking on SQLite, ${total.failed} failed`,
);
process.exit(total.failed + unused.length > 0 || total.alike === 0 ? 1 : 0);
