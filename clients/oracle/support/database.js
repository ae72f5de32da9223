import { randomBytes } from 'node:crypto';
import pg from 'pg';

/** Keeps the rows that every write is undone to. */
const KEPT = 'oracle_kept';

const quoted = (name) => pg.escapeIdentifier(name);

/** The database that both servers serve, on the PostgreSQL server that MAINSTAY_TEST_POSTGRES names. */
export class Database {
  #server;
  #client;
  #tables;
  #rows;
  #sequences;
  #references;

  static async create(server) {
    const database = new Database();
    database.#server = server;
    database.name = `oracle_${randomBytes(6).toString('hex')}`;
    await database.#outside(`CREATE DATABASE ${database.name} TEMPLATE template0 ENCODING 'UTF8'`);
    database.address = database.addressAs('postgres');
    database.#client = new pg.Client(database.address);
    await database.#client.connect();
    return database;
  }

  addressAs(role) {
    const address = new URL(this.#server);
    address.username = role;
    address.pathname = this.name;
    return address.href;
  }

  async run(sql) {
    return this.#client.query(sql);
  }

  async drop() {
    await this.#client.end();
    await this.#outside(`DROP DATABASE ${this.name} WITH (FORCE)`);
  }

  async #outside(sql) {
    const client = new pg.Client(this.#server);
    await client.connect();
    try {
      await client.query(sql);
    } finally {
      await client.end();
    }
  }

  /** Remembers what the tables hold now, as what `restore` brings back. */
  async keep() {
    const { rows } = await this.run(
      `SELECT format('%I.%I', n.nspname, c.relname) AS name, n.nspname || '/' || c.relname AS kept,
              (SELECT string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum) FROM pg_attribute a
                WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '') AS columns
         FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE c.relkind = 'r' AND n.nspname IN ('public', 'annex', 'hidden') ORDER BY 1`,
    );
    this.#tables = rows.map((row) => ({ ...row, kept: `${KEPT}.${quoted(row.kept)}` }));
    await this.run(
      `CREATE SCHEMA ${KEPT};` +
        this.#tables
          .map(
            ({ name, kept, columns }) =>
              `CREATE TABLE ${kept} AS SELECT ${columns} FROM ${name};
               ALTER TABLE ${name} SET (autovacuum_enabled = false);
               ANALYZE ${name};`,
          )
          .join(''),
    );
    const references = await this.run(
      `SELECT format('%I.%I', f.nspname, fc.relname) AS from, format('%I.%I', t.nspname, tc.relname) AS to
         FROM pg_constraint k
         JOIN pg_class fc ON fc.oid = k.conrelid JOIN pg_namespace f ON f.oid = fc.relnamespace
         JOIN pg_class tc ON tc.oid = k.confrelid JOIN pg_namespace t ON t.oid = tc.relnamespace
        WHERE k.contype = 'f'`,
    );
    this.#references = references.rows;
    const sequences = await this.run(
      `SELECT format('%I.%I', schemaname, sequencename) AS name, last_value FROM pg_sequences
        WHERE schemaname IN ('public', 'annex')`,
    );
    this.#sequences = sequences.rows
      .map(({ name, last_value }) => `SELECT setval('${name}', ${last_value ?? 1}, ${last_value !== null});`)
      .join('');
    this.#rows = await this.rows();
  }

  /** What each table holds, as a map from its name to the text of its rows. */
  async rows() {
    const { rows } = await this.run(
      this.#tables
        .map(({ name }) => `SELECT '${name}', string_agg(t::text, E'\\n' ORDER BY t::text) FROM ${name} t`)
        .join(' UNION ALL ') + ' ORDER BY 1',
      );
    return new Map(rows.map((row) => Object.values(row)));
  }

  /** Undoes all writes since `keep`, and answers what the tables held that had been written. */
  async restore() {
    const now = await this.rows();
    const written = new Map([...now].filter(([name, text]) => text !== this.#rows.get(name)));
    if (written.size > 0) {
      // Emptied, not deleted from: rows lie as they did at first, so that both servers find them in the same order.
      const emptied = this.#tables.filter(({ name }) => this.#withReferring(written.keys()).has(name));
      const filled = emptied.map(
        ({ name, kept, columns }) => `INSERT INTO ${name} (${columns}) OVERRIDING SYSTEM VALUE SELECT * FROM ${kept};`,
      );
      await this.run(
        `BEGIN; SET LOCAL session_replication_role = replica;
         TRUNCATE ${emptied.map(({ name }) => name).join(', ')}; ${filled.join('')} COMMIT`,
      );
    }
    // A write that fails has taken a number as well.
    await this.run(this.#sequences);
    return written;
  }

  /** These tables and those whose foreign keys lead to them, over however many others. */
  #withReferring(tables) {
    const all = new Set(tables);
    for (const table of all)
      for (const { from, to } of this.#references) if (to === table) all.add(from);
    return all;
  }
}
