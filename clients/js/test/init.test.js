import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nothing, refused, rows } from '../support/answers.js';
import { onEachEngine, people } from '../support/project.js';

/** The project that `mainstay init` makes, as somebody uses it who has just begun. */
onEachEngine(
  (project) => {
    const alice = () => project.user(people.alice);
    const bob = () => project.user(people.bob);
    const lists = (client) =>
      client
        .from('lists')
        .select('title, todos(title, priority, done)')
        .order('title')
        .order('priority', { ascending: false, referencedTable: 'todos' });
    const todo = (list, title, more) => ({ list_id: list.id, title, ...more });

    const party = {
      title: 'Party',
      todos: [
        { title: 'Invite Bob', priority: 'high', done: false },
        { title: 'Bake a cake', priority: 'normal', done: false },
      ],
    };
    const secret = (...todos) => ({ title: 'Secret', todos });
    const present = { title: 'Buy a present', priority: 'normal', done: false };
    let open, hidden;

    test('somebody makes lists, and things to do', async () => {
      const made = await alice()
        .from('lists')
        .insert([
          { title: 'Party', public: true },
          { title: 'Secret', public: false },
        ])
        .select();
      [open, hidden] = made.data;
      assert.deepEqual(
        made.data.map(({ title, public: seen, owner_id }) => [title, seen, owner_id]),
        [
          ['Party', true, people.alice],
          ['Secret', false, people.alice],
        ],
      );
      const todos = alice().from('todos');
      assert.deepEqual(await todos.insert(todo(open, 'Bake a cake')), nothing(201));
      assert.deepEqual(await todos.insert(todo(open, 'Invite Bob', { priority: 'high' })), nothing(201));
      assert.deepEqual(await todos.insert(todo(hidden, 'Buy a present')), nothing(201));
      assert.deepEqual(await lists(alice()), rows([party, secret(present)]));
    });

    test('others see what is public', async () => {
      assert.deepEqual(await lists(project.anon), rows([party]));
      assert.deepEqual(await lists(bob()), rows([party]));
    });

    test('others change nothing', async () => {
      const refusal = (status, table) =>
        refused(status, '42501', `new row violates row-level security policy for table "${table}"`);
      assert.deepEqual(await bob().from('todos').insert(todo(open, 'Come early')), refusal(403, 'todos'));
      assert.deepEqual(await project.anon.from('todos').insert(todo(open, 'x')), refusal(401, 'todos'));
      assert.deepEqual(
        await bob().from('members').insert({ list_id: hidden.id, user_id: people.bob }),
        refusal(403, 'members'),
      );
      assert.deepEqual(
        await bob().from('todos').update({ done: true }, { count: 'exact' }).eq('list_id', open.id),
        nothing(204, { count: 0 }),
      );
    });

    test('a member sees the list and works on it', async () => {
      const members = alice().from('members');
      assert.deepEqual(await members.insert({ list_id: hidden.id, user_id: people.bob }), nothing(201));
      assert.deepEqual(await lists(bob()), rows([party, secret(present)]));
      assert.deepEqual(
        await bob().from('todos').update({ done: true }).eq('title', 'Buy a present').select('done'),
        rows([{ done: true }]),
      );
      assert.deepEqual(await bob().from('lists').delete({ count: 'exact' }).eq('id', hidden.id), nothing(204, { count: 0 }));
    });

    test('what the model does not let pass', async () => {
      assert.deepEqual(
        await alice().from('lists').insert({ title: '' }),
        refused(400, '23514', 'new row for relation "lists" violates check constraint "lists_titled_check"'),
      );
      assert.deepEqual(
        await alice().from('lists').update({ owner_id: people.bob }).eq('id', open.id),
        refused(403, '42501', 'permission denied for table lists'),
      );
    });

    test('a deleted list takes its things to do along', async () => {
      assert.deepEqual(await alice().from('lists').delete().eq('id', hidden.id), nothing(204));
      assert.deepEqual(await alice().from('todos').select('title').eq('list_id', hidden.id), rows([]));
      assert.deepEqual(await lists(bob()), rows([party]));
    });
  },
  { init: true },
);
