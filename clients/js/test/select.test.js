import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nothing, refused, rows } from '../support/answers.js';
import { onEachEngine } from '../support/project.js';

onEachEngine((project) => {
  const from = (table) => project.anon.from(table);

  test('all columns, in the order they are declared', async () => {
    const tags = [
      { id: 1, name: 'sea' },
      { id: 2, name: 'winter' },
      { id: 3, name: 'classic' },
    ];
    assert.deepEqual(await from('tags').select().order('id'), rows(tags));
    assert.deepEqual(await from('tags').select('*').order('id'), rows(tags));
    const { data } = await from('books').select().limit(1);
    assert.deepEqual(Object.keys(data[0]), [
      'id',
      'title',
      'author_id',
      'genre',
      'published',
      'pages',
      'price',
      'in_print',
    ]);
  });

  test('columns under other names, in the order they are asked for', async () => {
    const { data } = await from('books').select('cost:price, title, "no":id').eq('id', 1);
    assert.equal(JSON.stringify(data), '[{"cost":12.5,"title":"Salt and Paper","no":1}]');
  });

  test('the types of columns', async () => {
    assert.deepEqual(
      await from('books').select().in('id', [1, 4]).order('id'),
      rows([
        {
          id: 1,
          title: 'Salt and Paper',
          author_id: 1,
          genre: 'novel',
          published: '1931-05-01',
          pages: 320,
          price: 12.5,
          in_print: true,
        },
        {
          id: 4,
          title: 'Snow_white, again',
          author_id: 2,
          genre: 'poetry',
          published: null,
          pages: null,
          price: 5.25,
          in_print: null,
        },
      ]),
    );
  });

  const orders = [
    ['a number, nulls last', (q) => q.order('pages'), [6, 2, 5, 3, 1, 4]],
    ['a number downwards, nulls first', (q) => q.order('pages', { ascending: false }), [4, 1, 3, 5, 2, 6]],
    ['nulls first', (q) => q.order('pages', { nullsFirst: true }), [4, 6, 2, 5, 3, 1]],
    ['downwards, nulls last', (q) => q.order('pages', { ascending: false, nullsFirst: false }), [1, 3, 5, 2, 6, 4]],
    ['text by code point', (q) => q.order('title'), [2, 5, 1, 4, 3, 6]],
    ['an enum by its labels', (q) => q.order('genre').order('id', { ascending: false }), [3, 1, 5, 2, 6, 4]],
    ['a boolean', (q) => q.order('in_print').order('id'), [2, 6, 1, 3, 5, 4]],
    ['a date', (q) => q.order('published', { nullsFirst: true }), [4, 1, 2, 3, 5, 6]],
    ['two columns', (q) => q.order('price').order('title', { ascending: false }), [6, 4, 5, 2, 1, 3]],
  ];
  for (const [name, order, ids] of orders)
    test(`order by ${name}`, async () => {
      assert.deepEqual(await order(from('books').select('id')), rows(ids.map((id) => ({ id }))));
    });

  test('limit and range', async () => {
    const books = () => from('books').select('id').order('id');
    assert.deepEqual(await books().limit(2), rows([{ id: 1 }, { id: 2 }]));
    assert.deepEqual(await books().limit(0), rows([]));
    assert.deepEqual(await books().range(2, 3), rows([{ id: 3 }, { id: 4 }]));
    assert.deepEqual(await books().range(4, 99), rows([{ id: 5 }, { id: 6 }]));
    assert.deepEqual(await books().range(99, 100), rows([]));
  });

  test('a count of all that match', async () => {
    const books = (options) => from('books').select('id', options).order('id').gt('pages', 90);
    const found = [{ id: 1 }, { id: 2 }, { id: 3 }, { id: 5 }];
    assert.deepEqual(await books({ count: 'exact' }), rows(found, { count: 4 }));
    assert.deepEqual(
      await books({ count: 'exact' }).limit(1),
      rows([{ id: 1 }], { status: 206, count: 4 }),
    );
    assert.deepEqual(await books({ count: 'exact', head: true }), nothing(200, { count: 4 }));
    assert.deepEqual(await books({ head: true }), nothing(200));
    assert.deepEqual(
      await books({ count: 'exact' }).range(9, 10),
      refused(416, 'PGRST103', 'Requested range not satisfiable', {
        details: 'An offset of 9 was requested, but there are only 4 rows.',
      }),
    );
  });

  test('single, and what is not one row', async () => {
    const book = (id) => from('books').select('id').eq('id', id).single();
    const notOne = (n) =>
      refused(406, 'PGRST116', 'Cannot coerce the result to a single JSON object', {
        details: `The result contains ${n} rows`,
      });
    assert.deepEqual(await book(3), rows({ id: 3 }));
    assert.deepEqual(await book(99), notOne(0));
    assert.deepEqual(await from('books').select('id').single(), notOne(6));
    assert.deepEqual(await from('books').select('id').order('id').limit(1).single(), rows({ id: 1 }));
  });

  test('maybeSingle', async () => {
    const book = (id) => from('books').select('id').eq('id', id).maybeSingle();
    assert.deepEqual(await book(3), rows({ id: 3 }));
    assert.deepEqual(await book(99), rows(null));
    const { error, status } = await from('books').select('id').maybeSingle();
    assert.deepEqual([error.code, status], ['PGRST116', 406]);
  });

  test('no more than a thousand rows come at once', async () => {
    const all = Array.from({ length: 1500 }, (_, n) => ({ n }));
    assert.deepEqual(await project.service.from('numbers').insert(all), nothing(201));
    const numbers = () => from('numbers').select('n', { count: 'exact' }).order('n');
    assert.deepEqual(await numbers(), rows(all.slice(0, 1000), { status: 206, count: 1500 }));
    assert.deepEqual(await numbers().range(900, 1999), rows(all.slice(900), { status: 206, count: 1500 }));
  });

  test('a view', async () => {
    assert.deepEqual(
      await from('printed_books').select('title, authors(name)').order('id'),
      rows([
        { title: 'Salt and Paper', authors: { name: 'Ada Quill' } },
        { title: 'The "Quoted" Sea', authors: { name: 'Bo Inkwell' } },
        { title: 'A Table of Tides', authors: { name: "Cy O'Nib, Jr." } },
      ]),
    );
  });

  test('a table that is not there', async () => {
    assert.deepEqual(
      await from('bocks').select(),
      refused(404, 'PGRST205', "Could not find the table 'public.bocks' in the schema cache", {
        hint: "Perhaps you meant the table 'public.books'",
      }),
    );
    assert.deepEqual(
      await project.anon.schema('attic').from('books').select(),
      refused(406, 'PGRST106', 'Invalid schema: attic', {
        hint: 'Only the following schemas are exposed: public',
      }),
    );
  });

  test('a column that is not there', async () => {
    const missing = refused(400, '42703', 'column books.nope does not exist');
    assert.deepEqual(await from('books').select('id, nope'), missing);
    assert.deepEqual(await from('books').select().eq('nope', 1), missing);
    assert.deepEqual(await from('books').select().order('nope'), missing);
  });

  test('throwOnError throws what went wrong', async () => {
    await assert.rejects(async () => from('books').select('nope').throwOnError(), {
      name: 'PostgrestError',
      code: '42703',
      message: 'column books.nope does not exist',
      details: null,
      hint: null,
    });
  });

  test('an aborted request comes to nothing, and the next is answered', async () => {
    const abort = new AbortController();
    const asked = from('books').select().abortSignal(abort.signal).then((answer) => answer);
    abort.abort();
    const { error, data, status } = await asked;
    assert.deepEqual(
      [error.message, error.hint, data, status],
      ['AbortError: This operation was aborted', 'Request was aborted (timeout or manual cancellation)', null, 0],
    );
    assert.deepEqual(await from('tags').select('name').eq('id', 1).single(), rows({ name: 'sea' }));
  });
});
