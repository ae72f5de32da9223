import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nothing, refused, rows } from '../support/answers.js';

/** Functions, called in each of the ways the client knows. */
export function functions(postgrest, anonymous) {
  const rpc = (...words) => postgrest().rpc(...words);

  test('rpc', async () => {
    assert.deepEqual(await rpc('add', { a: 1, b: 2 }), rows(3));
    assert.deepEqual(await rpc('add', { a: 1 }), rows(11));
    assert.deepEqual(await rpc('total', { numbers: [1, 2, 3] }), rows(6));
    assert.deepEqual(await rpc('colour_of', { meta: { colour: 'green' } }), rows('green'));
  });

  test('rpc, by get and by head', async () => {
    assert.deepEqual(await rpc('add', { a: 1, b: 2 }, { get: true }), rows(3));
    assert.deepEqual(await rpc('total', { numbers: [4, 5] }, { get: true }), rows(9));
    assert.deepEqual(await rpc('cheapest', {}, { head: true, count: 'exact' }), { ...rows(null), count: 3 });
    // An object has no form in a URL: the client posts it, and what is posted is answered.
    assert.deepEqual(await rpc('colour_of', { meta: { colour: 'green' } }, { head: true }), rows('green'));
  });

  test('rpc, of rows', async () => {
    assert.deepEqual(
      await rpc('cheapest', { above: 4.5 }).select('name, shelf:shelves(label)').order('price'),
      rows([
        { name: 'Tea pot', shelf: { label: 'Kitchen' } },
        { name: 'Lamp', shelf: null },
        { name: 'Pine table', shelf: { label: 'Living room' } },
      ]),
    );
    assert.deepEqual(
      await rpc('cheapest', {}, { count: 'exact' }).select('id').gt('price', 5).order('id').limit(1),
      rows([{ id: 2 }], { status: 206, count: 2 }),
    );
    assert.deepEqual(await rpc('cheapest').select('id').eq('id', 1).single(), rows({ id: 1 }));
  });

  test('rpc, that writes', async () => {
    const items = () => postgrest().from('items');
    const { data } = await items().insert({ name: 'sold', tags: [], price: 3.5 }).select('id').single();
    assert.deepEqual(
      await rpc('discount', { id: data.id, by: 0.25 }).select('name, price').single(),
      rows({ name: 'sold', price: 3.25 }),
    );
    assert.deepEqual(await rpc('forget', { id: data.id }), nothing(204));
    assert.deepEqual(await items().select().eq('id', data.id), rows([]));
  });

  test('rpc, refused', async () => {
    const { error, status } = await rpc('ad', { a: 1 });
    assert.deepEqual([status, error.code], [404, 'PGRST202']);
    assert.equal(error.hint, 'Perhaps you meant to call the function public.add');
    assert.deepEqual(
      await rpc('add', { a: 'one' }),
      refused(400, '22P02', 'invalid input syntax for type integer: "one"'),
    );
    assert.deepEqual(
      await rpc('secret'),
      refused(403, '42501', 'permission denied for function secret'),
    );
    const forbidden = await anonymous().rpc('forget', { id: 1 });
    assert.deepEqual([forbidden.status, forbidden.error.code], [401, '42501']);
  });
}
