import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { freePort } from '../../js/support/ports.js';
import { Load } from '../support/load.js';
import { Nginx } from '../support/nginx.js';
import { Pair } from '../support/pair.js';

/** How often each server is stopped and started again. */
const ROUNDS = Number(process.env.NODES_ROUNDS ?? 1);

const pair = new Pair();
const nginx = new Nginx();
let key;

before(async () => {
  await pair.start();
  await nginx.start(await freePort(), pair.ports);
  key = pair.service;
});

after(async () => {
  await nginx.stop();
  await pair.stop();
});

/** Every key of a stored row, as often as it is stored. */
async function stored() {
  const keys = [];
  for (let last = 0; ; ) {
    const url = `${nginx.url}/rest/v1/entries?select=id,key&order=id&limit=1000&id=gt.${last}`;
    const answer = await fetch(url, { headers: { apikey: key } });
    assert.equal(answer.status, 200);
    const rows = await answer.json();
    if (rows.length === 0) return keys;
    keys.push(...rows.map((row) => row.key));
    last = rows.at(-1).id;
  }
}

/** Runs a load beside `work`; its rows have to be stored, and each once. */
async function under(tries, work) {
  const before = (await stored()).length;
  const load = new Load(nginx.url, key, tries);
  try {
    await load.more(500);
    await work(load);
    await load.more(500);
  } finally {
    await load.stop();
  }
  assert.deepEqual(load.failures, []);
  assert.deepEqual((await stored()).slice(before).sort(), load.written.sort());
}

test('whoever tries again under its key loses no row to a killed server, and doubles none', () =>
  under(200, async (load) => {
    for (let round = 0; round < ROUNDS; round++)
      for (const node of pair.nodes) {
        await node.kill();
        await load.more(200);
        await node.start();
        await load.more(200);
      }
  }));

test('servers are restarted one after the other without one failed request', () =>
  under(1, async (load) => {
    for (let round = 0; round < ROUNDS; round++)
      for (const node of pair.nodes) {
        await node.stop();
        await load.more(200);
        await node.start();
        await load.more(200);
      }
  }));

test('a server that is stopped says that it is not ready, and answers on', async () => {
  const [node] = pair.nodes;
  assert.deepEqual(await node.ready(), { status: 200, body: { status: 'ready' } });
  const stopping = node.stop();
  let ready;
  do ready = await node.ready();
  while (ready.status === 200);
  assert.deepEqual(ready, {
    status: 503,
    body: { code: 'stopping', message: 'The server is about to stop', details: null, hint: null },
  });
  await stopping;
  await node.start();
});

/** Sends a row under a key of its own. */
async function write(url) {
  const headers = { apikey: key, 'Content-Type': 'application/json', 'Idempotency-Key': randomUUID() };
  const answer = await fetch(`${url}/rest/v1/entries`, { method: 'POST', headers, body: '{"key":"one"}' });
  return { status: answer.status, retry: answer.headers.get('Retry-After'), body: await answer.text() };
}

/** Until every server answers a write with that status. */
async function answers(status) {
  for (const port of pair.ports)
    while ((await write(`http://127.0.0.1:${port}`)).status !== status) await setTimeout(20);
}

test('the proxy passes on that nobody may write, and leaves no server out for it', async () => {
  const [node] = pair.nodes;
  await node.run('writes', 'stop', '--reason', 'maintenance');
  try {
    await answers(503);
    for (let i = 0; i < 10; i++) {
      assert.deepEqual(await write(nginx.url), {
        status: 503,
        retry: '30',
        body: '{"code":"PGRST000","message":"Writes are stopped: maintenance","details":null,"hint":null}',
      });
      await stored();
    }
  } finally {
    await node.run('writes', 'start');
  }
  await answers(201);
});
