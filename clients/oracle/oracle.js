// Asks PostgREST and Mainstay the same, on one PostgreSQL database, and tells where they answer differently.
// node oracle.js [--show] [sections and files…]

import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { ask } from './support/ask.js';
import { readCorpus, readExemptions } from './support/corpus.js';
import { Database } from './support/database.js';
import { Mainstay } from './support/mainstay.js';
import { PostgREST } from './support/postgrest.js';
import { SETUPS } from './support/setups.js';
import { shown } from './support/shown.js';
import { verdict } from './support/verdict.js';

const MOST_EXEMPTIONS = 30;
const FEWEST_REQUESTS = 5;

const here = fileURLToPath(new URL('.', import.meta.url));
const words = process.argv.slice(2);
const show = words.includes('--show');
const wanted = words.filter((word) => word !== '--show');

/**
 * What the servers can serve: a model, whose tables Mainstay makes, and what PostgREST needs beside them; or a database that
 * somebody has made.
 */
const WORLDS = {
  model: { folder: here, isThere: false, table: 'genres' },
  existing: { folder: `${here}existing/`, isThere: true, table: 'teams' },
};

/** Both servers, set up alike on one database. */
class Pair {
  #database;
  #mainstay;
  #postgrest = new PostgREST();

  constructor(database) {
    this.#database = database;
    this.#mainstay = new Mainstay(database.address);
  }

  async start({ mainstay, postgrest }, world, prepare) {
    if (world.isThere) await prepare();
    await this.#mainstay.start(world.folder, mainstay);
    if (!world.isThere) await prepare();
    await this.#postgrest.start({
      DB_URI: this.#database.addressAs('oracle'),
      DB_SCHEMAS: 'public',
      DB_ANON_ROLE: 'anon',
      DB_TX_END: 'commit-allow-override',
      JWT_SECRET: this.#mainstay.secret,
      ...postgrest,
    }, world.table);
  }

  async stop() {
    await Promise.all([this.#mainstay.stop(), this.#postgrest.stop()]);
  }

  /** The answers of both, PostgREST's first, with what a write has written as a part of its answer. */
  async ask(request) {
    const servers = [this.#postgrest, this.#mainstay];
    const asked = ({ url }) => ask(url, request, this.#mainstay.callers[request.caller]);
    if (!request.writes) return Promise.all(servers.map(asked));
    const answers = [];
    for (const server of servers) {
      const answer = await asked(server);
      for (const [table, rows] of await this.#database.restore()) answer[`rows of ${table}`] = rows ?? 'none';
      answers.push(answer);
    }
    return answers;
  }
}

async function compare(pair, sections, exemptions, used) {
  const counts = { same: 0, exempt: 0, failed: 0 };
  for (const section of sections) {
    let failed = 0;
    for (const request of section.requests) {
      const [theirs, ours] = await pair.ask(request);
      const outcome = verdict(request, theirs, ours, exemptions);
      if (request.exemption) used.add(request.exemption);
      counts[outcome.kind]++;
      if (outcome.kind === 'failed') failed++;
      if (show || outcome.kind === 'failed')
        console.log(
          `  ${request.place} ${outcome.why}\n    ${request.text}\n    PostgREST\n${shown(theirs)}    Mainstay\n${shown(ours)}`,
        );
    }
    console.log(`  ${section.name}: ${section.requests.length} requests, ${failed} failed`);
  }
  return counts;
}

/** What is wrong with the corpus itself. */
function faults(sections, exemptions, used) {
  const found = [];
  for (const { name, rows, requests } of sections)
    for (const row of rows) {
      const count = requests.filter((request) => request.row === row).length;
      if (count < FEWEST_REQUESTS) found.push(`${name}: '${row}' has ${count} requests, not ${FEWEST_REQUESTS}`);
    }
  if (exemptions.size > MOST_EXEMPTIONS) found.push(`${exemptions.size} exemptions, more than ${MOST_EXEMPTIONS}`);
  if (wanted.length === 0)
    for (const name of exemptions.keys()) if (!used.has(name)) found.push(`exemption ${name} is used by no request`);
  return found;
}

const server = process.env.MAINSTAY_TEST_POSTGRES;
if (!server) throw new Error('MAINSTAY_TEST_POSTGRES names no server: run it with scripts/with-postgres');
const worlds = Object.entries(WORLDS).map(([name, world]) => ({
  ...world,
  name,
  sections: readCorpus(`${world.folder}corpus`, wanted).filter(({ setup }) => SETUPS[setup].world === name),
}));
const sections = worlds.flatMap((world) => world.sections);
const exemptions = readExemptions(`${here}exemptions.txt`);
const used = new Set();
const total = { same: 0, exempt: 0, failed: 0 };

/** Asks everything of one world, on a database of its own. */
async function run(world) {
  const database = await Database.create(server);
  try {
    let prepared = false;
    for (const [name, setup] of Object.entries(SETUPS)) {
      const own = world.sections.filter((section) => section.setup === name);
      if (own.length === 0) continue;
      const pair = new Pair(database);
      try {
        await pair.start(setup, world, async () => {
          if (prepared) return;
          await database.run(await readFile(`${world.folder}database.sql`, 'utf8'));
          await database.keep();
          prepared = true;
        });
        const counts = await compare(pair, own, exemptions, used);
        for (const kind of Object.keys(total)) total[kind] += counts[kind];
      } finally {
        await pair.stop();
      }
    }
  } finally {
    await database.drop();
  }
}

for (const world of worlds) await run(world);
const wrong = faults(sections, exemptions, used);
for (const fault of wrong) console.log(`  ${fault}`);
console.log(
  `oracle: ${total.same + total.exempt + total.failed} requests, ${total.same} answered alike, ` +
    `${total.exempt} exempt (${used.size} exemptions), ${total.failed} failed`,
);
process.exit(total.failed + wrong.length > 0 || total.same === 0 ? 1 : 0);
