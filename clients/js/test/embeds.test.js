import assert from 'node:assert/strict';
import { test } from 'node:test';
import { refused, rows } from '../support/answers.js';
import { onEachEngine, people } from '../support/project.js';

onEachEngine((project) => {
  const ask = (table, select, more = (q) => q.order('id'), client = project.anon) =>
    more(client.from(table).select(select));
  const first = (q) => q.eq('id', 1).single();

  test('the one row that a row refers to', async () => {
    assert.deepEqual(
      await ask('books', 'title, author:authors(name, born)', first),
      rows({ title: 'Salt and Paper', author: { name: 'Ada Quill', born: 1901 } }),
    );
  });

  test('the rows that refer to a row', async () => {
    assert.deepEqual(
      await ask('authors', 'id, books(id)', (q) => q.order('id').order('id', { referencedTable: 'books' })),
      rows([
        { id: 1, books: [{ id: 1 }, { id: 2 }] },
        { id: 2, books: [{ id: 3 }, { id: 4 }] },
        { id: 3, books: [{ id: 5 }] },
        { id: 4, books: [{ id: 6 }] },
        { id: 5, books: [] },
      ]),
    );
  });

  test('by way of a table between', async () => {
    assert.deepEqual(
      await ask('tags', 'name, books(id)', (q) => q.order('id').order('id', { referencedTable: 'books' })),
      rows([
        { name: 'sea', books: [{ id: 3 }, { id: 5 }] },
        { name: 'winter', books: [{ id: 4 }] },
        { name: 'classic', books: [{ id: 1 }, { id: 3 }] },
      ]),
    );
  });

  test('deep, downwards and up again', async () => {
    assert.deepEqual(
      await ask('authors', 'name, books(title, reviews(stars, body), tags(name), authors(born))', (q) =>
        q
          .eq('id', 2)
          .order('id', { referencedTable: 'books' })
          .order('name', { referencedTable: 'books.tags' }),
      ),
      rows([
        {
          name: 'Bo Inkwell',
          books: [
            {
              title: 'The "Quoted" Sea',
              reviews: [{ stars: 4, body: 'Blue' }],
              tags: [{ name: 'classic' }, { name: 'sea' }],
              authors: { born: 1922 },
            },
            { title: 'Snow_white, again', reviews: [], tags: [{ name: 'winter' }], authors: { born: 1922 } },
          ],
        },
      ]),
    );
    assert.deepEqual(
      await ask('reviews', 'stars, book:books(title, author:authors(name, mentor:mentor_id(name)))', (q) =>
        q.eq('id', 3),
      ),
      rows([
        {
          stars: 4,
          book: { title: 'The "Quoted" Sea', author: { name: 'Bo Inkwell', mentor: { name: 'Ada Quill' } } },
        },
      ]),
    );
  });

  test('a table with itself, both ways', async () => {
    assert.deepEqual(
      await ask('authors', 'id, mentor:mentor_id(id), pupils:authors(id)', (q) =>
        q.order('id').order('id', { referencedTable: 'pupils' }),
      ),
      rows([
        { id: 1, mentor: null, pupils: [{ id: 2 }, { id: 3 }] },
        { id: 2, mentor: { id: 1 }, pupils: [{ id: 4 }] },
        { id: 3, mentor: { id: 1 }, pupils: [] },
        { id: 4, mentor: { id: 2 }, pupils: [] },
        { id: 5, mentor: null, pupils: [] },
      ]),
    );
  });

  test('by the name of the key, or of its column', async () => {
    const author = { author: { name: 'Ada Quill' } };
    for (const by of ['books_author_id_fkey', 'author_id', 'authors!author_id', 'authors!books_author_id_fkey'])
      assert.deepEqual(await ask('books', `author:${by}(name)`, first), rows(author));
  });

  test('more than one way is told, and each can be taken', async () => {
    const alice = project.user(people.alice);
    assert.deepEqual(await ask('todos', 'id, profiles(name)', first, alice), {
      ...refused(300, 'PGRST201', ''),
      error: {
        code: 'PGRST201',
        message: "Could not embed because more than one relationship was found for 'todos' and 'profiles'",
        details: [
          {
            cardinality: 'many-to-one',
            embedding: 'todos with profiles',
            relationship: 'todos_owner_id_fkey using todos(owner_id) and profiles(id)',
          },
          {
            cardinality: 'many-to-many',
            embedding: 'todos with profiles',
            relationship: 'members using members_todo_id_fkey(todo_id) and members_user_id_fkey(user_id)',
          },
        ],
        hint:
          "Try changing 'profiles' to one of the following: 'profiles!todos_owner_id_fkey', 'profiles!members'. " +
          "Find the desired relationship in the 'details' key.",
      },
    });
    assert.deepEqual(
      await ask(
        'todos',
        'id, owner:profiles!owner_id(name), with:profiles!members(name)',
        (q) => q.eq('id', 2),
        alice,
      ),
      rows([{ id: 2, owner: { name: 'Alice' }, with: [{ name: 'Bob' }] }]),
    );
  });

  test('a filter on an embed leaves the rows around it', async () => {
    assert.deepEqual(
      await ask('authors', 'id, books(id)', (q) => q.lte('id', 3).eq('books.genre', 'novel').order('id')),
      rows([
        { id: 1, books: [{ id: 1 }] },
        { id: 2, books: [{ id: 3 }] },
        { id: 3, books: [] },
      ]),
    );
    assert.deepEqual(
      await ask('authors', 'id, books(id)', (q) =>
        q
          .eq('id', 1)
          .or('pages.lt.100,price.gt.100', { referencedTable: 'books' }),
      ),
      rows([{ id: 1, books: [{ id: 2 }] }]),
    );
  });

  test('!inner leaves out what has none', async () => {
    assert.deepEqual(
      await ask('authors', 'id, books!inner(id)', (q) => q.gte('books.pages', 200).order('id')),
      rows([
        { id: 1, books: [{ id: 1 }] },
        { id: 2, books: [{ id: 3 }] },
      ]),
    );
    assert.deepEqual(
      await ask('books', 'id, authors!inner(name)', (q) => q.eq('authors.name', "Cy O'Nib, Jr.")),
      rows([{ id: 5, authors: { name: "Cy O'Nib, Jr." } }]),
    );
    assert.deepEqual(
      await ask('authors', 'id, books!inner(tags!inner())', (q) => q.eq('books.tags.name', 'sea').order('id')),
      rows([
        { id: 2, books: [{}] },
        { id: 3, books: [{}] },
      ]),
    );
    const { data, count } = await project.anon
      .from('authors')
      .select('id, books!inner(id)', { count: 'exact' })
      .eq('books.genre', 'poetry');
    assert.deepEqual([data.length, count], [2, 2]);
  });

  test('rows with an embed, and rows without', async () => {
    const authors = (more) => ask('authors', 'id, books()', (q) => more(q).order('id'));
    assert.deepEqual(await authors((q) => q.is('books', null)), rows([{ id: 5 }]));
    assert.deepEqual(
      await authors((q) => q.not('books', 'is', null)),
      rows([{ id: 1 }, { id: 2 }, { id: 3 }, { id: 4 }]),
    );
  });

  test('order, limit and range within an embed', async () => {
    const books = (more) => ask('authors', 'books(id)', (q) => more(q.eq('id', 1)).single());
    const within = { referencedTable: 'books' };
    const down = (q) => q.order('id', { ascending: false, ...within });
    assert.deepEqual(await books(down), rows({ books: [{ id: 2 }, { id: 1 }] }));
    assert.deepEqual(await books((q) => down(q).limit(1, within)), rows({ books: [{ id: 2 }] }));
    assert.deepEqual(await books((q) => down(q).range(1, 5, within)), rows({ books: [{ id: 1 }] }));
  });

  test('order by the one row that a row refers to', async () => {
    assert.deepEqual(
      await ask('books', 'id, authors(name)', (q) =>
        q
          .order('authors(name)', { ascending: false })
          .order('id')
          .limit(3),
      ),
      rows([
        { id: 6, authors: { name: 'Zoë Öhr' } },
        { id: 5, authors: { name: "Cy O'Nib, Jr." } },
        { id: 3, authors: { name: 'Bo Inkwell' } },
      ]),
    );
  });

  test('rows that the caller may not read are in no embed, and answer no filter', async () => {
    const reviewed = (q) => q.in('id', [3, 6]).order('id').order('id', { referencedTable: 'reviews' });
    assert.deepEqual(
      await ask('books', 'id, reviews(id)', reviewed),
      rows([
        { id: 3, reviews: [{ id: 3 }] },
        { id: 6, reviews: [] },
      ]),
    );
    assert.deepEqual(
      await ask('books', 'id, reviews(id)', reviewed, project.service),
      rows([
        { id: 3, reviews: [{ id: 3 }, { id: 4 }] },
        { id: 6, reviews: [{ id: 5 }] },
      ]),
    );
    const spiteful = (client) =>
      ask('books', 'id, reviews!inner()', (q) => q.eq('reviews.body', 'Spiteful'), client);
    assert.deepEqual(await spiteful(project.anon), rows([]));
    assert.deepEqual(await spiteful(project.service), rows([{ id: 3 }]));
  });

  test('what cannot be embedded', async () => {
    assert.deepEqual(
      await ask('books', 'id, author(name)'),
      refused(400, 'PGRST200', "Could not find a relationship between 'books' and 'author' in the schema cache", {
        details:
          "Searched for a foreign key relationship between 'books' and 'author' in the schema 'public', " +
          'but no matches were found.',
        hint: "Perhaps you meant 'authors' instead of 'author'.",
      }),
    );
    assert.deepEqual(
      await ask('books', 'id', (q) => q.eq('authors.name', 'Ada Quill')),
      refused(400, 'PGRST108', "'authors' is not an embedded resource in this request", {
        hint: "Verify that 'authors' is included in the 'select' query parameter.",
      }),
    );
    assert.deepEqual(
      await ask('authors', 'id, books(id)', (q) => q.order('books(title)')),
      refused(400, 'PGRST118', "A related order on 'books' is not possible", {
        details: "'authors' and 'books' do not form a many-to-one or one-to-one relationship",
      }),
    );
    assert.deepEqual(
      await ask('books', 'id, authors(shoe_size)'),
      refused(400, '42703', 'column authors.shoe_size does not exist'),
    );
  });
});
