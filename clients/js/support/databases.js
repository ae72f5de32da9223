import { randomBytes } from 'node:crypto';
import pg from 'pg';

const server = process.env.MAINSTAY_TEST_POSTGRES;

/** The engines to test on: SQLite always, PostgreSQL where MAINSTAY_TEST_POSTGRES names a server. */
export const engines = server ? ['sqlite', 'postgres'] : ['sqlite'];

async function execute(sql) {
  const client = new pg.Client(server);
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

/** Makes an empty database; answers its address. */
export async function createDatabase() {
  const name = `mainstay_${randomBytes(6).toString('hex')}`;
  await execute(`CREATE DATABASE ${name} TEMPLATE template0 ENCODING 'UTF8'`);
  const address = new URL(server);
  address.pathname = name;
  return address.href;
}

export const dropDatabase = (address) =>
  execute(`DROP DATABASE ${new URL(address).pathname.slice(1)} WITH (FORCE)`);
