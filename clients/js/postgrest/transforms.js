import assert from 'node:assert/strict';
import { test } from 'node:test';
import { refused, rows } from '../support/answers.js';

/** What becomes of the rows that are found: their order, which of them, and in what form. */
export function transforms(postgrest, engine) {
  const items = (columns = 'id') => postgrest().from('items').select(columns);

  test('select', async () => {
    assert.deepEqual(
      await items('label:name, price::text, colour:meta->>colour, shelf:shelves(label)').eq('id', 1),
      rows([{ label: 'Tea cup', price: '4.50', colour: 'blue', shelf: { label: 'Kitchen' } }]),
    );
    assert.deepEqual(await postgrest().from('items').select('*', { head: true, count: 'exact' }), {
      ...rows(null),
      count: 6,
    });
    for (const count of ['planned', 'estimated'])
      assert.equal(typeof (await postgrest().from('items').select('id', { count })).count, 'number');
  });

  test('order', async () => {
    const ids = async (query) => (await query).data.map(({ id }) => id);
    assert.deepEqual(await ids(items().order('price')), [1, 2, 5, 4, 3, 6]);
    assert.deepEqual(await ids(items().order('price', { ascending: false })), [6, 3, 4, 5, 2, 1]);
    assert.deepEqual(
      await ids(items().order('size', { nullsFirst: true }).order('price', { ascending: false, nullsFirst: false })),
      [6, 5, 1, 2, 3, 4],
    );
    assert.deepEqual(await ids(items('id, shelves(label)').order('shelves(label)').order('id').limit(3)), [1, 2, 3]);
    assert.deepEqual(await ids(items().order('meta->>colour', { nullsFirst: true }).order('id')), [4, 5, 1, 6, 3, 2]);
  });

  test('order, limit and range of related rows', async () => {
    const related = (query) => query.eq('id', 2);
    const shelves = () => postgrest().from('shelves').select('items(id)');
    const referencedTable = 'items';
    assert.deepEqual(
      await related(shelves().order('price', { referencedTable })),
      rows([{ items: [{ id: 4 }, { id: 3 }] }]),
    );
    assert.deepEqual(
      await related(shelves().order('id', { referencedTable }).limit(1, { referencedTable })),
      rows([{ items: [{ id: 3 }] }]),
    );
    assert.deepEqual(
      await related(shelves().order('id', { referencedTable }).range(1, 1, { referencedTable })),
      rows([{ items: [{ id: 4 }] }]),
    );
  });

  test('limit and range', async () => {
    assert.deepEqual(await items().order('id').limit(2), rows([{ id: 1 }, { id: 2 }]));
    assert.deepEqual(await items().order('id').range(4, 9), rows([{ id: 5 }, { id: 6 }]));
    const counted = postgrest().from('items').select('id', { count: 'exact' }).order('id');
    assert.deepEqual(await counted.range(4, 4), rows([{ id: 5 }], { status: 206, count: 6 }));
    assert.deepEqual(
      await postgrest().from('items').select('id', { count: 'exact' }).range(7, 9),
      refused(416, 'PGRST103', 'Requested range not satisfiable', {
        details: 'An offset of 7 was requested, but there are only 6 rows.',
      }),
    );
  });

  test('single', async () => {
    assert.deepEqual(await items('name').eq('id', 5).single(), rows({ name: 'Lamp' }));
    const details = (n) => ({ details: `The result contains ${n} rows` });
    const message = 'Cannot coerce the result to a single JSON object';
    assert.deepEqual(await items().eq('id', 99).single(), refused(406, 'PGRST116', message, details(0)));
    assert.deepEqual(await items().lt('id', 3).single(), refused(406, 'PGRST116', message, details(2)));
  });

  test('maybeSingle', async () => {
    assert.deepEqual(await items('name').eq('id', 5).maybeSingle(), rows({ name: 'Lamp' }));
    assert.deepEqual(await items('name').eq('id', 99).maybeSingle(), rows(null));
    const { error, status } = await items().lt('id', 3).maybeSingle();
    assert.deepEqual([status, error.code], [406, 'PGRST116']);
  });

  test('csv', async () => {
    assert.deepEqual(
      await items('id, name, tags, active, added').gte('id', 4).order('id').csv(),
      rows(
        [
          'id,name,tags,active,added',
          '4,"Pine table","{furniture,wood,sale}",,"2026-01-02 03:04:05+00"',
          '5,Lamp,{},t,"2026-01-02 03:04:05+00"',
          '6,"Lamp, ""old""",{sale},f,"2026-01-02 03:04:05+00"',
        ].join('\n'),
      ),
    );
  });

  test('geojson, which no engine here can make', async () => {
    const { error, status } = await items().geojson();
    assert.deepEqual([status, error.code], [400, 'PGRST127']);
  });

  test('stripNulls', async () => {
    assert.deepEqual(await items('id, size, price').eq('id', 6).stripNulls(), rows([{ id: 6 }]));
    assert.deepEqual(await items('id, size, price').eq('id', 6).single().stripNulls(), rows({ id: 6 }));
  });

  test('explain', async () => {
    const { data, error } = await items().eq('id', 1).explain();
    assert.equal(error, null);
    assert.match(data, engine === 'sqlite' ? /SEARCH/ : /Index|Seq Scan|Result/);
    const json = await items().eq('id', 1).explain({ format: 'json' });
    assert.equal(json.error, null);
    assert.ok(Array.isArray(json.data));
  });

  test('setHeader', async () => {
    const { data } = await items('added').eq('id', 1).setHeader('Prefer', 'timezone=Asia/Kolkata');
    assert.deepEqual(data, [{ added: '2026-01-02T08:34:05+05:30' }]);
  });

  test('schema', async () => {
    assert.deepEqual(await postgrest().schema('public').from('items').select('id').eq('id', 1), rows([{ id: 1 }]));
    assert.deepEqual(
      await postgrest().schema('private').from('items').select('id'),
      refused(406, 'PGRST106', 'Invalid schema: private', {
        hint: 'Only the following schemas are exposed: public',
      }),
    );
  });

  test('throwOnError', async () => {
    await assert.rejects(async () => await items('nothing').throwOnError(), { code: '42703' });
    assert.deepEqual(await items().eq('id', 1).throwOnError(), rows([{ id: 1 }]));
  });

  test('abortSignal', async () => {
    const { error } = await items().abortSignal(AbortSignal.abort());
    assert.match(error.message, /^AbortError/);
  });

  test('returns, overrideTypes and retry change nothing of the request', async () => {
    assert.deepEqual(await items().eq('id', 1).returns(), rows([{ id: 1 }]));
    assert.deepEqual(await items().eq('id', 1).overrideTypes(), rows([{ id: 1 }]));
    assert.deepEqual(await items().eq('id', 1).retry(false), rows([{ id: 1 }]));
  });
}
