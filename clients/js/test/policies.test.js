import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { nothing, refused, rows } from '../support/answers.js';
import { onEachEngine, people } from '../support/project.js';

onEachEngine((project) => {
  const alice = () => project.user(people.alice);
  const bob = () => project.user(people.bob);
  const carol = () => project.user(people.carol);
  const stranger = () => project.user('5712a000-0000-4000-8000-000000000009');

  const ids = (client) => client.from('todos').select('id', { count: 'exact' }).lte('id', 3).order('id');
  const seen = (...found) => rows(found.map((id) => ({ id })), { count: found.length });
  const stored = async (id) => (await project.service.from('todos').select('title, done').eq('id', id).single()).data;
  const violates = (status, table) =>
    refused(status, '42501', `new row violates row-level security policy for table "${table}"`);

  afterEach(async () => {
    const { service } = project;
    await service.from('todos').delete().gt('id', 3);
    await service.from('members').delete().neq('user_id', people.bob);
    await service.from('members').update({ may_write: false }).eq('todo_id', 2);
    await service.from('todos').update({ title: 'Paint the fence', owner_id: people.alice }).eq('id', 2);
  });

  test("one's own rows, and those one is a member of", async () => {
    assert.deepEqual(await ids(alice()), seen(1, 2));
    assert.deepEqual(await ids(bob()), seen(2, 3));
    assert.deepEqual(await ids(project.service), seen(1, 2, 3));
  });

  test('who may see nothing sees nothing, whatever is asked', async () => {
    const callers = [
      carol(),
      stranger(),
      project.anon,
      project.as({ role: 'auditor', sub: people.alice }),
      project.as({ role: 'authenticated' }),
      project.as({ role: 'authenticated', sub: 'no uuid' }),
    ];
    for (const caller of callers) {
      const todos = () => caller.from('todos');
      assert.deepEqual(await ids(caller), seen());
      assert.deepEqual(await todos().select('*', { count: 'exact', head: true }), nothing(200, { count: 0 }));
      assert.deepEqual(await todos().select('id, members(user_id)'), rows([]));
      assert.deepEqual(await todos().select('id').order('title').limit(1).maybeSingle(), rows(null));
      assert.deepEqual(await todos().select('id').or('id.eq.1,id.neq.1'), rows([]));
      assert.deepEqual(await todos().update({ title: 'Mine' }, { count: 'exact' }).gt('id', 0), nothing(204, { count: 0 }));
      assert.deepEqual(await todos().delete().gt('id', 0).select(), rows([]));
      assert.deepEqual(await caller.from('members').select(), rows([]));
    }
    assert.deepEqual(await ids(project.service), seen(1, 2, 3));
    assert.deepEqual(await stored(2), { title: 'Paint the fence', done: false });
  });

  test('embeds show what the related table lets one see', async () => {
    const shared = (client) =>
      client
        .from('todos')
        .select('title, owner:profiles!owner_id(name), members(user_id)')
        .eq('id', 2)
        .single();
    const answer = rows({ title: 'Paint the fence', owner: { name: 'Alice' }, members: [{ user_id: people.bob }] });
    assert.deepEqual(await shared(alice()), answer);
    assert.deepEqual(await shared(bob()), answer);
    const lists = (client) => client.from('profiles').select('name, todos!owner_id(id)').eq('name', 'Alice').single();
    assert.deepEqual(await lists(bob()), rows({ name: 'Alice', todos: [{ id: 2 }] }));
    assert.deepEqual(await lists(carol()), rows({ name: 'Alice', todos: [] }));
  });

  test('insert: the owner is whoever asks, and nobody else', async () => {
    const { data, ...rest } = await alice().from('todos').insert({ title: 'Buy milk' }).select('owner_id, title, done');
    assert.deepEqual({ data, ...rest }, rows([{ owner_id: people.alice, title: 'Buy milk', done: false }], { status: 201 }));

    const forAlice = { title: 'For Alice', owner_id: people.alice };
    assert.deepEqual(await bob().from('todos').insert(forAlice), violates(403, 'todos'));
    assert.deepEqual(await bob().from('todos').insert([{ title: 'Own' }, forAlice]), refused(400, '23502',
      'null value in column "owner_id" of relation "todos" violates not-null constraint'));
    assert.deepEqual(
      await bob().from('todos').insert([{ title: 'Own', owner_id: people.bob }, forAlice]),
      violates(403, 'todos'),
    );
    assert.deepEqual(await project.anon.from('todos').insert(forAlice), violates(401, 'todos'));
    assert.deepEqual(await project.as({ role: 'auditor' }).from('todos').insert(forAlice), violates(403, 'todos'));
    assert.deepEqual(await project.anon.from('tags').insert({ name: 'new' }), violates(401, 'tags'));

    const { count } = await project.service.from('todos').select('id', { count: 'exact', head: true }).gt('id', 3);
    assert.equal(count, 1);
  });

  test('update: of rows one may change, to rows one may keep', async () => {
    const rename = (client) => client.from('todos').update({ title: 'New' }, { count: 'exact' }).eq('id', 2);
    assert.deepEqual(await rename(bob()), nothing(204, { count: 0 }));
    assert.deepEqual(await alice().from('members').insert({ todo_id: 2, user_id: people.carol, may_write: true }), nothing(201));
    assert.deepEqual(await rename(carol()), nothing(204, { count: 1 }));
    assert.deepEqual(await stored(2), { title: 'New', done: false });

    const give = (client, to) => client.from('todos').update({ owner_id: to }).eq('id', 2).select('owner_id');
    assert.deepEqual(await give(carol(), people.carol), rows([{ owner_id: people.carol }]));
    assert.deepEqual(await give(carol(), people.alice), rows([{ owner_id: people.alice }]));
    assert.deepEqual(await give(alice(), people.bob), violates(403, 'todos'));
    assert.deepEqual(await ids(alice()), seen(1, 2));
  });

  test('delete: of rows of which one is the owner', async () => {
    assert.deepEqual(await bob().from('todos').delete({ count: 'exact' }).eq('id', 2), nothing(204, { count: 0 }));
    const { data } = await alice().from('todos').insert({ title: 'Short-lived' }).select('id').single();
    assert.deepEqual(await alice().from('todos').delete().eq('id', data.id).select('title'), rows([{ title: 'Short-lived' }]));
    assert.deepEqual(await ids(project.service), seen(1, 2, 3));
  });

  test('members are let in by the owner alone', async () => {
    const letIn = (client, todo) => client.from('members').insert({ todo_id: todo, user_id: people.carol });
    assert.deepEqual(await letIn(bob(), 2), violates(403, 'members'));
    assert.deepEqual(await letIn(carol(), 2), violates(403, 'members'));
    assert.deepEqual(await letIn(alice(), 2), nothing(201));
    assert.deepEqual(await ids(carol()), seen(2));
    assert.deepEqual(await alice().from('members').delete().eq('user_id', people.carol), nothing(204));
    assert.deepEqual(await ids(carol()), seen());
  });

  test('a hidden column is no column', async () => {
    const profiles = () => alice().from('profiles');
    const missing = refused(400, '42703', 'column profiles.email does not exist');
    assert.deepEqual(await profiles().select().eq('name', 'Bob'), rows([{ id: people.bob, name: 'Bob', level: 1 }]));
    assert.deepEqual(await profiles().select('email'), missing);
    assert.deepEqual(await profiles().select('id').eq('email', 'bob@example.com'), missing);
    assert.deepEqual(await profiles().select('id').order('email'), missing);
    assert.deepEqual(await profiles().select('id').or('name.eq.x,email.like.*'), missing);
    assert.deepEqual(await alice().from('todos').select('id, profiles!owner_id(email)'), missing);
    assert.deepEqual(
      await profiles().update({ email: 'x@example.com' }).eq('id', people.alice),
      refused(400, 'PGRST204', "Could not find the 'email' column of 'profiles' in the schema cache"),
    );
    assert.deepEqual(
      await project.service.from('profiles').select('email').eq('name', 'Bob').single(),
      rows({ email: 'bob@example.com' }),
    );
  });

  test('a read-only column is seen and not written', async () => {
    const profiles = () => alice().from('profiles');
    assert.deepEqual(
      await profiles().update({ level: 9 }).eq('id', people.alice),
      refused(403, '42501', 'permission denied for table profiles'),
    );
    assert.deepEqual(
      await profiles().update({ name: 'Alice' }).eq('id', people.alice).select('name, level'),
      rows([{ name: 'Alice', level: 1 }]),
    );
  });
});
