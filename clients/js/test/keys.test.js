import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rows, refused } from '../support/answers.js';
import { onEachEngine, people } from '../support/project.js';
import { seconds, sign } from '../support/tokens.js';

const ALICE = { role: 'authenticated', sub: people.alice };

onEachEngine((project) => {
  const todos = (client) => client.from('todos').select('id').order('id');
  const reviews = (client) => client.from('reviews').select('id').order('id');

  const seenByAnon = rows([{ id: 1 }, { id: 2 }, { id: 3 }]);
  const seenByService = rows([{ id: 1 }, { id: 2 }, { id: 3 }, { id: 4 }, { id: 5 }]);
  const seenByAlice = rows([{ id: 1 }, { id: 2 }]);
  const badKey = { success: false, error: { message: 'Invalid authentication credentials' } };
  const unauthorized = { data: null, count: null, status: 401, statusText: 'Unauthorized' };

  /** What the program prints on standard output, one line of it. */
  const mainstay = async (...words) => (await project.server.run(...words)).trimEnd();

  test('the keys that the program shows', async () => {
    const shown = await mainstay('keys', 'show');
    const [, anon, service] = shown.match(/^ANON=(\S+)\nSERVICE=(\S+)$/);
    assert.deepEqual(await reviews(project.client(anon)), seenByAnon);
    assert.deepEqual(await reviews(project.client(service)), seenByService);
  });

  test('an opaque key, until it is revoked', async () => {
    const publishable = await mainstay('keys', 'make', '--role', 'anon', '--name', 'site');
    const secret = await mainstay('keys', 'make', '--role', 'service_role', '--name', 'worker');
    assert.match(publishable, /^sb_publishable_\S+$/);
    assert.match(secret, /^sb_secret_\S+$/);
    assert.deepEqual(await reviews(project.client(publishable)), seenByAnon);
    assert.deepEqual(await reviews(project.client(secret)), seenByService);

    const token = project.token(ALICE);
    const alice = project.client(publishable, { accessToken: async () => token });
    assert.deepEqual(await todos(alice), seenByAlice);

    await mainstay('keys', 'revoke', 'worker');
    let answer;
    do answer = await reviews(project.client(secret));
    while (answer.success);
    assert.deepEqual(answer, { ...badKey, ...unauthorized });
    assert.deepEqual(await reviews(project.client(publishable)), seenByAnon);
  });

  test('a token that the program makes', async () => {
    const token = await mainstay('keys', 'token', '--claim', `sub=${people.alice}`);
    const client = project.client(project.key('anon'), { accessToken: async () => token });
    assert.deepEqual(await todos(client), seenByAlice);
  });

  test('a token of the project is a key', async () => {
    assert.deepEqual(await reviews(project.anon), seenByAnon);
    assert.deepEqual(await reviews(project.service), seenByService);
  });

  test('a token that says no role is anon', async () => {
    assert.deepEqual(await reviews(project.client(project.token({}))), seenByAnon);
  });

  test("a user's token by accessToken says who asks", async () => {
    const token = project.token(ALICE);
    const client = project.client(project.key('anon'), { accessToken: async () => token });
    assert.deepEqual(await todos(client), seenByAlice);
  });

  test("a user's token by a header says who asks", async () => {
    const headers = { Authorization: `Bearer ${project.token(ALICE)}` };
    assert.deepEqual(await todos(project.client(project.key('anon'), { global: { headers } })), seenByAlice);
    assert.deepEqual(await todos(project.anon).setHeader('Authorization', headers.Authorization), seenByAlice);
  });

  test("a user's token as the key is that user", async () => {
    assert.deepEqual(await todos(project.client(project.token(ALICE))), seenByAlice);
  });

  test('a key of another project, or none of ours, is refused', async () => {
    for (const key of [sign({ role: 'anon' }, 'x'.repeat(48)), 'sb_publishable_none', 'sb_secret_none', 'key'])
      assert.deepEqual(await reviews(project.client(key)), { ...badKey, ...unauthorized });
  });

  test('a token of another project, or of no time, is refused', async () => {
    const cases = [
      [sign(ALICE, 'x'.repeat(48)), 'PGRST301', 'JWT cryptographic operation failed'],
      ['a.b', 'PGRST301', 'Expected 3 parts in JWT; got 2'],
      [project.token({ ...ALICE, exp: seconds(-60) }), 'PGRST303', 'JWT expired'],
      [project.token({ ...ALICE, nbf: seconds(600) }), 'PGRST303', 'JWT not yet valid'],
      [project.token({ ...ALICE, role: 'wizard' }), '22023', 'role "wizard" does not exist'],
    ];
    for (const [token, code, message] of cases) {
      const client = project.client(project.key('anon'), { accessToken: async () => token });
      assert.deepEqual(await todos(client), refused(401, code, message));
    }
  });

  test('without any key nobody is answered', async () => {
    const answer = await fetch(`${project.server.url}/rest/v1/tags`);
    assert.equal(answer.status, 401);
    assert.deepEqual(await answer.json(), { message: 'No API key found in request' });
  });
});
