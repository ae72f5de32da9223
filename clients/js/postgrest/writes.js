import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { nothing, refused, rows } from '../support/answers.js';

/** Insert, upsert, update and delete, each with and without the rows. */
export function writes(postgrest) {
  const items = () => postgrest().from('items');
  const item = (name, more) => ({ name, tags: [], ...more });
  const names = async () => (await items().select('name').gt('id', 6).order('name')).data.map(({ name }) => name);

  afterEach(async () => {
    assert.equal((await items().delete().gt('id', 6)).error, null);
  });

  test('insert', async () => {
    assert.deepEqual(await items().insert(item('a')), nothing(201));
    assert.deepEqual(await items().insert([item('b'), item('c')], { count: 'exact' }), nothing(201, { count: 2 }));
    assert.deepEqual(
      await items().insert(item('d', { meta: { x: [1, null] }, shelf_id: 3 })).select('name, meta, shelves(label)'),
      rows([{ name: 'd', meta: { x: [1, null] }, shelves: { label: 'Attic' } }], { status: 201 }),
    );
    assert.deepEqual(await names(), ['a', 'b', 'c', 'd']);
  });

  test('insert, with defaults for what a row leaves out', async () => {
    const added = '2026-01-02T03:04:05+00:00';
    assert.deepEqual(
      await items()
        .insert([item('a'), item('b', { added: '2020-02-29T00:00:00Z' })], { defaultToNull: false })
        .select('added'),
      rows([{ added }, { added: '2020-02-29T00:00:00+00:00' }], { status: 201 }),
    );
    const { error, status } = await items().insert([item('c'), item('d', { added: null })]);
    assert.deepEqual([status, error.code], [400, '23502']);
  });

  test('insert, refused', async () => {
    assert.deepEqual(
      await items().insert([item('a'), item('Lamp')]),
      refused(409, '23505', 'duplicate key value violates unique constraint "items_name_key"', {
        details: 'Key (name)=(Lamp) already exists.',
      }),
    );
    assert.deepEqual(
      await items().insert(item('a', { prize: 1 })),
      refused(400, 'PGRST204', "Could not find the 'prize' column of 'items' in the schema cache"),
    );
    const { error, status } = await items().insert(item('a', { price: 0 }));
    assert.deepEqual([status, error.code], [400, '23514']);
    assert.deepEqual(await names(), []);
  });

  test('upsert', async () => {
    const { data } = await items().insert(item('a', { price: 1 })).select('id').single();
    assert.deepEqual(
      await items()
        .upsert([{ ...item('b', { price: 2 }), id: data.id }])
        .select('id, name, price'),
      rows([{ id: data.id, name: 'b', price: 2 }], { status: 200 }),
    );
    assert.deepEqual(
      await items()
        .upsert([item('b', { price: 3 }), item('c', { price: 4 })], { onConflict: 'name', count: 'exact' })
        .select('name, price')
        .order('name'),
      rows(
        [
          { name: 'b', price: 3 },
          { name: 'c', price: 4 },
        ],
        { status: 201, count: 2 },
      ),
    );
    assert.deepEqual(
      await items()
        .upsert([item('c', { price: 9 }), item('d', { price: 5 })], { onConflict: 'name', ignoreDuplicates: true })
        .select('name, price'),
      rows([{ name: 'd', price: 5 }], { status: 201 }),
    );
    assert.deepEqual(await names(), ['b', 'c', 'd']);
  });

  test('update', async () => {
    await items().insert([item('a'), item('b')]);
    assert.deepEqual(await items().update({ price: 7 }).eq('name', 'a'), nothing(204));
    assert.deepEqual(
      await items().update({ price: 8 }, { count: 'exact' }).in('name', ['a', 'b']),
      nothing(204, { count: 2 }),
    );
    assert.deepEqual(
      await items().update({ active: true }).eq('name', 'b').select('name, price, active').single(),
      rows({ name: 'b', price: 8, active: true }),
    );
    assert.deepEqual(await items().update({ price: 1 }).eq('name', 'z').select(), rows([]));
    assert.deepEqual(await items().update({ price: 1 }), refused(400, '21000', 'UPDATE requires a WHERE clause'));
  });

  test('delete', async () => {
    await items().insert([item('a'), item('b'), item('c')]);
    assert.deepEqual(await items().delete().eq('name', 'a'), nothing(204));
    assert.deepEqual(await items().delete({ count: 'exact' }).eq('name', 'b'), nothing(204, { count: 1 }));
    assert.deepEqual(await items().delete().eq('name', 'c').select('name'), rows([{ name: 'c' }]));
    assert.deepEqual(await items().delete(), refused(400, '21000', 'DELETE requires a WHERE clause'));
  });

  test('maxAffected', async () => {
    await items().insert([item('a'), item('b')]);
    assert.deepEqual(
      await items().update({ price: 7 }).gt('id', 6).maxAffected(1),
      refused(400, 'PGRST124', 'Query result exceeds max-affected preference constraint', {
        details: 'The query affects 2 rows',
      }),
    );
    assert.deepEqual(
      await items().delete().gt('id', 6).maxAffected(2).select('name, price').order('name'),
      rows([
        { name: 'a', price: null },
        { name: 'b', price: null },
      ]),
    );
  });

  test('rollback', async () => {
    assert.deepEqual(
      await items().insert(item('a')).select('name').rollback(),
      rows([{ name: 'a' }], { status: 201 }),
    );
    assert.deepEqual(await items().delete().eq('id', 5).select('id').rollback(), rows([{ id: 5 }]));
    assert.deepEqual(await names(), []);
    assert.deepEqual(await items().select('id').eq('id', 5), rows([{ id: 5 }]));
  });
}
