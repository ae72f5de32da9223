import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { nothing, refused, rows } from '../support/answers.js';
import { onEachEngine, people } from '../support/project.js';

onEachEngine((project) => {
  const rpc = (...call) => project.anon.rpc(...call);

  afterEach(async () => {
    assert.equal((await project.service.from('tags').delete().gt('id', 3)).error, null);
  });

  test('a set, with what can be asked of a table', async () => {
    const { data: books } = await project.anon.from('books').select('*, authors(name)').order('id');
    const author = books[0].authors.name;
    const own = books.filter((book) => book.authors.name === author);
    const titles = own.map(({ id, title }) => ({ id, title }));
    assert.deepEqual(await rpc('books_by', { author }).select('id, title'), rows(titles));
    assert.deepEqual(
      await rpc('books_by', { author }).select('id, title').order('id', { ascending: false }),
      rows(titles.toReversed()),
    );
    assert.deepEqual(
      await rpc('books_by', { author }).select('title, authors(name)').eq('id', own[0].id).single(),
      rows({ title: own[0].title, authors: { name: author } }),
    );
    assert.deepEqual(await rpc('books_by', { author: 'Nobody' }).select('id'), rows([]));
    assert.deepEqual(await rpc('books_by', { author: 'Nobody' }).select('id').maybeSingle(), rows(null));
    assert.deepEqual(
      await rpc('books_by', { author }, { count: 'exact' }).select('id').limit(1),
      rows([{ id: own[0].id }], { status: own.length > 1 ? 206 : 200, count: own.length }),
    );
  });

  test('a value', async () => {
    assert.deepEqual(await rpc('plus', { a: 2, b: 3 }), rows(5));
    assert.deepEqual(await rpc('echo', { value: { a: [1, 'x', null] } }), rows({ a: [1, 'x', null] }));
    assert.deepEqual(await rpc('nothing'), nothing(204));
  });

  test('by GET', async () => {
    assert.deepEqual(await rpc('plus', { a: 2, b: 3 }, { get: true }), rows(5));
    assert.deepEqual(await rpc('books_by', { author: 'Nobody', most: 1 }, { get: true }).select('id'), rows([]));
  });

  test('by HEAD', async () => {
    assert.deepEqual(
      await rpc('books_by', { author: 'Nobody' }, { head: true, count: 'exact' }),
      nothing(200, { count: 0 }),
    );
  });

  test('a function that writes', async () => {
    const alice = project.user(people.alice);
    const { data, status } = await alice.rpc('add_tag', { name: 'new' }).select('name');
    assert.deepEqual([status, data], [200, { name: 'new' }]);
    const { data: tags } = await project.anon.from('tags').select('name').gt('id', 3);
    assert.deepEqual(tags, [{ name: 'new' }]);
    assert.equal((await alice.rpc('add_tag', { name: 'new' }, { get: true })).error.code, '25006');
  });

  test('what is refused', async () => {
    assert.deepEqual(await rpc('hidden'), refused(401, '42501', 'permission denied for function hidden'));
    assert.deepEqual(
      await rpc('add_tag', { name: 'x' }),
      refused(401, '42501', 'permission denied for function add_tag'),
    );
    assert.deepEqual(
      await rpc('plus', { a: 'x', b: 1 }),
      refused(400, '22P02', 'invalid input syntax for type integer: "x"'),
    );
    assert.deepEqual(
      await rpc('pluss', { a: 1 }),
      refused(404, 'PGRST202', 'Could not find the function public.pluss(a) in the schema cache', {
        details:
          'Searched for the function public.pluss with parameter a or with a single unnamed json/jsonb parameter, but no matches were found in the schema cache.',
        hint: 'Perhaps you meant to call the function public.plus',
      }),
    );
  });
});
