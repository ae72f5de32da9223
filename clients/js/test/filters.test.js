import assert from 'node:assert/strict';
import { test } from 'node:test';
import { refused, rows } from '../support/answers.js';
import { onEachEngine } from '../support/project.js';

/** What is said of a book, and the books of which it is true. */
const books = [
  [(q) => q.eq('id', 3), [3]],
  [(q) => q.eq('title', 'The "Quoted" Sea'), [3]],
  [(q) => q.eq('title', '100% Wool'), [2]],
  [(q) => q.eq('title', 'Snow_white, again'), [4]],
  [(q) => q.eq('price', 8), [2, 5]],
  [(q) => q.eq('price', '8.000'), [2, 5]],
  [(q) => q.eq('in_print', true), [1, 3, 5]],
  [(q) => q.eq('published', '1951-02-28'), [3]],
  [(q) => q.eq('genre', 'essay'), [2, 5]],
  [(q) => q.eq('pages', 1), []],
  [(q) => q.neq('pages', 96), [1, 3, 5, 6]],
  [(q) => q.neq('in_print', true), [2, 6]],
  [(q) => q.gt('pages', 150), [1, 3]],
  [(q) => q.gte('pages', 150), [1, 3, 5]],
  [(q) => q.lt('pages', 96), [6]],
  [(q) => q.lte('pages', 96), [2, 6]],
  [(q) => q.gt('published', '1951-02-28'), [5, 6]],
  [(q) => q.gte('price', 12.5), [1, 3]],
  [(q) => q.gt('genre', 'novel'), [2, 4, 5, 6]],
  [(q) => q.lt('genre', 'essay'), [1, 3]],
  [(q) => q.gt('title', 'T'), [3, 6]],
  [(q) => q.lt('title', 'A'), [2]],
  [(q) => q.like('title', 'S%'), [1, 4]],
  [(q) => q.like('title', '%again'), [4, 6]],
  [(q) => q.like('title', '*again'), [4, 6]],
  [(q) => q.like('title', 'Snow\\_%'), [4]],
  [(q) => q.like('title', 'Salt_and%'), [1]],
  [(q) => q.like('title', '%\\%%'), [2]],
  [(q) => q.like('title', 's%'), [6]],
  [(q) => q.ilike('title', 's%'), [1, 4, 6]],
  [(q) => q.ilike('title', '%PAPER'), [1]],
  [(q) => q.is('pages', null), [4]],
  [(q) => q.is('in_print', true), [1, 3, 5]],
  [(q) => q.is('in_print', false), [2, 6]],
  [(q) => q.in('id', [1, 3, 99]), [1, 3]],
  [(q) => q.in('title', ['Snow_white, again', 'The "Quoted" Sea', '100% Wool']), [2, 3, 4]],
  [(q) => q.in('genre', ['novel', 'poetry']), [1, 3, 4, 6]],
  [(q) => q.in('id', []), []],
  [(q) => q.notIn('id', [1, 2]), [3, 4, 5, 6]],
  [(q) => q.notIn('pages', [96, 64]), [1, 3, 5]],
  [(q) => q.not('id', 'eq', 1), [2, 3, 4, 5, 6]],
  [(q) => q.not('pages', 'gt', 100), [2, 6]],
  [(q) => q.not('pages', 'is', null), [1, 2, 3, 5, 6]],
  [(q) => q.not('in_print', 'is', true), [2, 4, 6]],
  [(q) => q.not('id', 'in', '(1,2)'), [3, 4, 5, 6]],
  [(q) => q.not('title', 'like', 'S%'), [2, 3, 5, 6]],
  [(q) => q.or('id.eq.1,pages.lt.96'), [1, 6]],
  [(q) => q.or('and(genre.eq.novel,pages.gt.300),in_print.is.null'), [1, 4]],
  [(q) => q.or('title.eq."Snow_white, again",not.and(id.lte.5,id.gte.1)'), [4, 6]],
  [(q) => q.or('id.not.in.(1,2,3),title.like.*Paper'), [1, 4, 5, 6]],
  [(q) => q.or('id.eq.1,id.eq.2').or('id.eq.2,id.eq.3'), [2]],
  [(q) => q.match({ genre: 'essay', price: 8, in_print: true }), [5]],
  [(q) => q.filter('pages', 'gte', 150), [1, 3, 5]],
  [(q) => q.filter('title', 'in', '("salt, again",x)'), [6]],
  [(q) => q.gt('pages', 90).lt('pages', 200), [2, 5]],
];

const authors = [
  [(q) => q.eq('name', "Cy O'Nib, Jr."), [3]],
  [(q) => q.in('name', ["Cy O'Nib, Jr.", 'édith (ed.)']), [3, 5]],
  [(q) => q.like('name', 'Zo_ %'), [4]],
  [(q) => q.ilike('name', 'ZOË ÖHR'), [4]],
  [(q) => q.ilike('name', 'É%'), [5]],
  [(q) => q.gt('name', 'Z'), [4, 5]],
];

/** What cannot be asked of a book, and why. */
const mistakes = [
  [(q) => q.eq('id', 'x'), '22P02', 'invalid input syntax for type integer: "x"'],
  [(q) => q.in('id', [1, 'x']), '22P02', 'invalid input syntax for type integer: "x"'],
  [(q) => q.eq('id', 99999999999), '22003', 'value "99999999999" is out of range for type integer'],
  [(q) => q.eq('price', 'cheap'), '22P02', 'invalid input syntax for type numeric: "cheap"'],
  [(q) => q.eq('in_print', 'maybe'), '22P02', 'invalid input syntax for type boolean: "maybe"'],
  [(q) => q.eq('genre', 'opera'), '22P02', 'invalid input value for enum genre: "opera"'],
  [(q) => q.eq('published', 'soonish'), '22007', 'invalid input syntax for type date: "soonish"'],
  [(q) => q.eq('published', '2023-02-30'), '22008', 'date/time field value out of range: "2023-02-30"'],
];

onEachEngine((project) => {
  const said = (ask) => String(ask).replace('(q) => q.', '');

  for (const [table, cases] of Object.entries({ books, authors }))
    for (const [ask, ids] of cases)
      test(`${table}: ${said(ask)}`, async () => {
        assert.deepEqual(
          await ask(project.anon.from(table).select('id')).order('id'),
          rows(ids.map((id) => ({ id }))),
        );
      });

  for (const [ask, code, message] of mistakes)
    test(`not of books: ${said(ask)}`, async () => {
      assert.deepEqual(await ask(project.anon.from('books').select()), refused(400, code, message));
    });

  test('an operator that is none', async () => {
    const { error, status } = await project.anon.from('books').select().filter('id', 'noop', 0);
    assert.deepEqual(
      [status, error.code, error.message],
      [400, 'PGRST100', '"failed to parse filter (noop.0)" (line 1, column 1)'],
    );
  });
});
