import assert from 'node:assert/strict';
import { test } from 'node:test';
import { refused } from '../support/answers.js';

/** What is asked of the items, and those of which it is true. */
const items = {
  eq: [(q) => q.eq('name', 'Lamp, "old"'), [6]],
  neq: [(q) => q.neq('size', 'large'), [1, 2, 5]],
  gt: [(q) => q.gt('price', 25.25), [3, 4]],
  gte: [(q) => q.gte('price', 25.25), [3, 4, 5]],
  lt: [(q) => q.lt('price', 19), [1]],
  lte: [(q) => q.lte('price', 19), [1, 2]],
  like: [(q) => q.like('name', 'Tea%'), [1, 2]],
  likeAllOf: [(q) => q.likeAllOf('name', ['%table', 'P%']), [4]],
  likeAnyOf: [(q) => q.likeAnyOf('name', ['Tea%', '%old%']), [1, 2, 6]],
  ilike: [(q) => q.ilike('name', '%LAMP%'), [5, 6]],
  ilikeAllOf: [(q) => q.ilikeAllOf('name', ['%TABLE', 'o%']), [3]],
  ilikeAnyOf: [(q) => q.ilikeAnyOf('name', ['TEA P%', 'LAMP']), [2, 5]],
  regexMatch: [(q) => q.regexMatch('name', '^(Oak|Pine) '), [3, 4]],
  regexIMatch: [(q) => q.regexIMatch('name', 't[ae]+b?[a-z]* c'), [1]],
  'is null': [(q) => q.is('size', null), [6]],
  'is true': [(q) => q.is('active', true), [1, 2, 5]],
  'is false': [(q) => q.is('active', false), [3, 6]],
  isDistinct: [(q) => q.isDistinct('size', 'small'), [2, 3, 4, 6]],
  in: [(q) => q.in('name', ['Lamp', 'Tea cup']), [1, 5]],
  'in, of what needs quotes': [(q) => q.in('note', ['Solid oak', 'Lighter, but (also) of one wood']), [3, 4]],
  notIn: [(q) => q.notIn('size', ['small', 'large']), [2]],
  'contains, of a list': [(q) => q.contains('tags', ['wood', 'furniture']), [3, 4]],
  'contains, as text': [(q) => q.contains('tags', '{sale}'), [4, 6]],
  'contains, of JSON': [(q) => q.contains('meta', { colour: 'blue' }), [1, 6]],
  'containedBy, of a list': [(q) => q.containedBy('tags', ['kitchen', 'sale']), [2, 5, 6]],
  'containedBy, of JSON': [(q) => q.containedBy('meta', { colour: 'red', legs: 3 }), [2, 4]],
  overlaps: [(q) => q.overlaps('tags', ['fragile', 'sale']), [1, 4, 6]],
  'overlaps, as text': [(q) => q.overlaps('tags', '{wood}'), [3, 4]],
  textSearch: [(q) => q.textSearch('document', 'tea & !cup'), [2]],
  'textSearch, of one stem': [(q) => q.textSearch('document', 'tables'), [3, 4]],
  'textSearch, plain': [(q) => q.textSearch('document', 'guests tea', { type: 'plain' }), [1, 2]],
  'textSearch, phrase': [(q) => q.textSearch('document', 'pine table', { type: 'phrase' }), [4]],
  'textSearch, websearch': [(q) => q.textSearch('document', '"oak table" or pot', { type: 'websearch' }), [2, 3]],
  'textSearch, configured': [(q) => q.textSearch('document', 'lamps', { config: 'english' }), [5, 6]],
  match: [(q) => q.match({ size: 'large', active: false }), [3]],
  not: [(q) => q.not('tags', 'cs', '{wood}'), [1, 2, 5, 6]],
  'not is': [(q) => q.not('price', 'is', null), [1, 2, 3, 4, 5]],
  or: [(q) => q.or('price.lt.5,and(size.eq.large,active.is.null),tags.cs.{sale,wood}'), [1, 4]],
  filter: [(q) => q.filter('meta->>colour', 'eq', 'brown'), [3]],
  'filter by a number within JSON': [(q) => q.filter('meta->legs', 'gte', 4), [3]],
  'several filters': [(q) => q.gt('price', 10).lt('price', 200).is('active', true), [2, 5]],
};

const stays = {
  rangeGt: [(q) => q.rangeGt('nights', '[1,5)'), [2, 4]],
  rangeGte: [(q) => q.rangeGte('nights', '[3,6)'), [2, 3, 4]],
  rangeLt: [(q) => q.rangeLt('nights', '[5,8)'), [1]],
  rangeLte: [(q) => q.rangeLte('nights', '[3,6)'), [1, 3]],
  rangeAdjacent: [(q) => q.rangeAdjacent('nights', '[8,10)'), [2, 4]],
  'overlaps, of a range': [(q) => q.overlaps('nights', '[4,6)'), [1, 2, 3]],
  'contains, of a range': [(q) => q.contains('nights', '[4,5)'), [1, 3]],
  'containedBy, of a range': [(q) => q.containedBy('nights', '[0,6)'), [1, 3]],
};

const found = (table, cases, postgrest) => {
  for (const [name, [ask, ids]] of Object.entries(cases))
    test(name, async () => {
      const { data, error } = await ask(postgrest().from(table).select('id')).order('id');
      assert.equal(error, null);
      assert.deepEqual(
        data.map(({ id }) => id),
        ids,
      );
    });
};

/** Every filter of the builder. */
export function filters(postgrest) {
  found('items', items, postgrest);

  test('or, of related rows', async () => {
    const { data } = await postgrest()
      .from('shelves')
      .select('label, items(name)')
      .or('price.lt.5,name.eq."Oak table"', { referencedTable: 'items' })
      .order('id');
    assert.deepEqual(data, [
      { label: 'Kitchen', items: [{ name: 'Tea cup' }] },
      { label: 'Living room', items: [{ name: 'Oak table' }] },
      { label: 'Attic', items: [] },
    ]);
  });

  for (const name of ['rangeGt', 'rangeGte', 'rangeLt', 'rangeLte', 'rangeAdjacent'])
    test(`${name}, of what is no range`, async () => {
      const { error, status } = await postgrest().from('items').select('id')[name]('id', '[1,5)');
      assert.deepEqual([status, error.code], [404, '42883']);
    });

  test('a filter that is refused', async () => {
    assert.deepEqual(
      await postgrest().from('items').select('id').eq('price', 'cheap'),
      refused(400, '22P02', 'invalid input syntax for type numeric: "cheap"'),
    );
    assert.deepEqual(
      await postgrest().from('items').select('id').eq('prize', 1),
      refused(400, '42703', 'column items.prize does not exist'),
    );
  });
}

/** The filters that speak of ranges, which PostgreSQL alone has. */
export const ranges = (postgrest) => found('stays', stays, postgrest);
