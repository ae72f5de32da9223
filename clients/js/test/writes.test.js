import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { nothing, refused, rows } from '../support/answers.js';
import { onEachEngine } from '../support/project.js';

onEachEngine((project) => {
  const table = (name) => project.service.from(name);
  const titles = async () => (await table('books').select('title').gt('id', 6).order('id')).data.map((b) => b.title);
  const book = (title, more) => ({ title, author_id: 5, genre: 'essay', price: 1.5, ...more });

  afterEach(async () => {
    for (const name of ['books', 'authors']) assert.equal((await table(name).delete().gt('id', 6)).error, null);
  });

  test('insert one', async () => {
    assert.deepEqual(await table('books').insert(book('One')), nothing(201));
    assert.deepEqual(await table('books').insert([book('Two')]), nothing(201));
    assert.deepEqual(await table('books').insert(book('Three'), { count: 'exact' }), nothing(201, { count: 1 }));
    assert.deepEqual(await titles(), ['One', 'Two', 'Three']);
  });

  test('insert one, and see it as it is stored', async () => {
    const answer = await table('books').insert(book('Stored', { published: '2020-02-29' })).select();
    const { id, ...rest } = answer.data[0];
    assert.ok(id > 6);
    assert.deepEqual(
      answer,
      rows([{ id, ...book('Stored'), published: '2020-02-29', pages: null, in_print: null }], { status: 201 }),
    );
    assert.deepEqual(Object.keys(rest)[0], 'title');
  });

  test('insert many, with some of their columns', async () => {
    assert.deepEqual(
      await table('books')
        .insert([book('Many'), book('More'), book('Most', { pages: 7 })], { count: 'exact' })
        .select('title, pages'),
      rows(
        [
          { title: 'Many', pages: null },
          { title: 'More', pages: null },
          { title: 'Most', pages: 7 },
        ],
        { status: 201, count: 3 },
      ),
    );
  });

  test('insert, and see what the row refers to', async () => {
    assert.deepEqual(
      await table('books').insert(book('Embedded')).select('title, author:authors(name), tags(name)').single(),
      rows({ title: 'Embedded', author: { name: 'édith (ed.)' }, tags: [] }, { status: 201 }),
    );
  });

  test('what a row of many does not name is null, or its default', async () => {
    const reviews = [{ book_id: 6, stars: 1 }, { book_id: 6, stars: 2, approved: true }];
    const { error, status } = await table('reviews').insert(reviews);
    assert.deepEqual([status, error.code], [400, '23502']);
    assert.deepEqual(
      await table('reviews').insert(reviews, { defaultToNull: false }).select('stars, approved'),
      rows(
        [
          { stars: 1, approved: false },
          { stars: 2, approved: true },
        ],
        { status: 201 },
      ),
    );
  });

  test('insert nothing', async () => {
    assert.deepEqual(await table('books').insert([]), nothing(201));
    assert.deepEqual(await table('books').insert([]).select(), rows([], { status: 201 }));
  });

  test('update', async () => {
    const { data } = await table('books').insert([book('A'), book('B')]).select('id').order('id');
    const [a, b] = data.map(({ id }) => id);
    assert.deepEqual(await table('books').update({ pages: 9 }).eq('id', a), nothing(204));
    assert.deepEqual(
      await table('books').update({ pages: null, title: 'A2' }).eq('id', a).select('title, pages'),
      rows([{ title: 'A2', pages: null }]),
    );
    assert.deepEqual(
      await table('books').update({ in_print: true }, { count: 'exact' }).in('id', [a, b]),
      nothing(204, { count: 2 }),
    );
    assert.deepEqual(
      await table('books').update({ price: 2.25 }).eq('id', b).select('price, authors(name)').single(),
      rows({ price: 2.25, authors: { name: 'édith (ed.)' } }),
    );
    assert.deepEqual(await titles(), ['A2', 'B']);
  });

  test('update of nothing', async () => {
    assert.deepEqual(await table('books').update({ pages: 9 }).eq('id', 99), nothing(204));
    assert.deepEqual(
      await table('books').update({ pages: 9 }, { count: 'exact' }).eq('id', 99).select(),
      rows([], { count: 0 }),
    );
    assert.deepEqual(await table('books').update({}).eq('id', 1).select(), rows([]));
    assert.deepEqual(await table('books').update({}).eq('id', 1), nothing(204));
  });

  test('a write of one row that is none, or several, is undone', async () => {
    const notOne = (n) =>
      refused(406, 'PGRST116', 'Cannot coerce the result to a single JSON object', {
        details: `The result contains ${n} rows`,
      });
    await table('books').insert([book('P'), book('Q')]);
    assert.deepEqual(await table('books').update({ title: 'R' }).gt('id', 6).select().single(), notOne(2));
    assert.deepEqual(await table('books').delete().gt('id', 6).select().single(), notOne(2));
    assert.deepEqual(await table('books').delete().eq('id', 99).select().single(), notOne(0));
    assert.deepEqual(await titles(), ['P', 'Q']);
  });

  test('delete', async () => {
    await table('books').insert([book('X'), book('Y'), book('Z')]);
    assert.deepEqual(await table('books').delete().eq('title', 'X'), nothing(204));
    assert.deepEqual(await table('books').delete().eq('title', 'Y').select('title'), rows([{ title: 'Y' }]));
    assert.deepEqual(await table('books').delete({ count: 'exact' }).eq('title', 'Z'), nothing(204, { count: 1 }));
    assert.deepEqual(await table('books').delete().eq('title', 'Z').select(), rows([]));
    assert.deepEqual(await titles(), []);
  });

  test('a delete takes along what belongs to the row', async () => {
    const { data } = await table('books').insert(book('Parent')).select('id').single();
    await table('reviews').insert({ book_id: data.id, stars: 3 });
    assert.deepEqual(await table('books').delete().eq('id', data.id), nothing(204));
    assert.deepEqual(await table('reviews').select().eq('book_id', data.id), rows([]));
  });

  test('an update or delete of everything must be meant', async () => {
    assert.deepEqual(
      await table('books').update({ pages: 1 }),
      refused(400, '21000', 'UPDATE requires a WHERE clause'),
    );
    assert.deepEqual(await table('books').delete(), refused(400, '21000', 'DELETE requires a WHERE clause'));
  });

  test('a key that is taken', async () => {
    assert.deepEqual(
      await table('authors').insert({ name: 'Ada Quill' }),
      refused(409, '23505', 'duplicate key value violates unique constraint "authors_name_key"', {
        details: 'Key (name)=(Ada Quill) already exists.',
      }),
    );
    assert.deepEqual(
      await table('authors').update({ id: 1 }).eq('id', 2),
      refused(409, '23505', 'duplicate key value violates unique constraint "authors_pkey"', {
        details: 'Key (id)=(1) already exists.',
      }),
    );
    assert.deepEqual(
      await table('book_tags').insert({ book_id: 1, tag_id: 3 }),
      refused(409, '23505', 'duplicate key value violates unique constraint "book_tags_pkey"', {
        details: 'Key (book_id, tag_id)=(1, 3) already exists.',
      }),
    );
  });

  test('of many with one clash, none is kept', async () => {
    const { status } = await table('authors').insert([{ name: 'New One' }, { name: 'Ada Quill' }, { name: 'New Two' }]);
    assert.equal(status, 409);
    assert.deepEqual(await table('authors').select('name').like('name', 'New%'), rows([]));
  });

  test('a row that refers to none, and a row that others refer to', async () => {
    assert.deepEqual(
      await table('books').insert(book('Orphan', { author_id: 99 })),
      refused(
        409,
        '23503',
        'insert or update on table "books" violates foreign key constraint "books_author_id_fkey"',
        { details: 'Key (author_id)=(99) is not present in table "authors".' },
      ),
    );
    assert.deepEqual(
      await table('authors').delete().eq('id', 4),
      refused(
        409,
        '23503',
        'update or delete on table "authors" violates foreign key constraint "books_author_id_fkey" on table "books"',
        { details: 'Key (id)=(4) is still referenced from table "books".' },
      ),
    );
  });

  test('a null where none may be, a check that fails', async () => {
    assert.deepEqual(
      await table('books').insert(book(null)),
      refused(400, '23502', 'null value in column "title" of relation "books" violates not-null constraint'),
    );
    assert.deepEqual(
      await table('books').insert({ title: 'Unwritten' }).select(),
      refused(400, '23502', 'null value in column "author_id" of relation "books" violates not-null constraint'),
    );
    assert.deepEqual(
      await table('books').update({ price: 0 }).eq('id', 1),
      refused(400, '23514', 'new row for relation "books" violates check constraint "books_worth_something_check"'),
    );
  });

  const values = [
    [{ pages: 'many' }, '22P02', 'invalid input syntax for type integer: "many"'],
    [{ pages: 1.5 }, '22P02', 'invalid input syntax for type integer: "1.5"'],
    [{ pages: 3e9 }, '22003', 'value "3000000000" is out of range for type integer'],
    [{ genre: 'opera' }, '22P02', 'invalid input value for enum genre: "opera"'],
    [{ title: 'x'.repeat(41) }, '22001', 'value too long for type character varying(40)'],
    [{ published: '2023-02-30' }, '22008', 'date/time field value out of range: "2023-02-30"'],
  ];
  for (const [value, code, message] of values)
    test(`a value that does not fit: ${JSON.stringify(value)}`, async () => {
      assert.deepEqual(await table('books').insert(book('Bad', value)), refused(400, code, message));
      assert.deepEqual(await table('books').update(value).eq('id', 1), refused(400, code, message));
    });

  test('a column that is not there', async () => {
    const missing = refused(400, 'PGRST204', "Could not find the 'colour' column of 'books' in the schema cache");
    assert.deepEqual(await table('books').insert(book('Red', { colour: 'red' })), missing);
    assert.deepEqual(await table('books').insert([book('Red', { colour: 'red' })]), missing);
    assert.deepEqual(await table('books').update({ colour: 'red' }).eq('id', 1), missing);
    assert.deepEqual(
      await table('books').insert(book('Blue')).select('id, colour'),
      refused(400, '42703', 'column books.colour does not exist'),
    );
    assert.deepEqual(await titles(), []);
  });

  test('a view is only read', async () => {
    assert.deepEqual(
      await table('printed_books').update({ title: 'x' }).eq('id', 1),
      refused(403, '42501', 'permission denied for table printed_books'),
    );
  });
});
