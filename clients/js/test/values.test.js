import assert from 'node:assert/strict';
import { test } from 'node:test';
import { refused, rows } from '../support/answers.js';
import { onEachEngine } from '../support/project.js';

/** A column, a value as it is written, as it comes back, and a text that finds it. */
const values = [
  ['boolean', true, true, 't'],
  ['boolean', 'off', false, 'false'],
  ['smallint', -32768, -32768, '-32768'],
  ['integer', 2147483647, 2147483647, '2147483647'],
  ['bigint', 9007199254740991, 9007199254740991, '9007199254740991'],
  ['decimal', 12.5, 12.5, '12.5'],
  ['decimal', '-99999999999999.9999', -99999999999999.9999, '-99999999999999.9999'],
  ['decimal', 0.00005, 0.0001, '0.0001'],
  ['real', 0.1, 0.1, '0.1'],
  ['double', 1e300, 1e300, '1e300'],
  ['double', '-Infinity', '-Infinity', '-Infinity'],
  ['text', '', '', ''],
  ['text', 'Ünïcödé 😀 "quoted" \\ \n tab\t', 'Ünïcödé 😀 "quoted" \\ \n tab\t', 'Ünïcödé 😀 "quoted" \\ \n tab\t'],
  ['text', 'null', 'null', 'null'],
  ['varchar', '😀😀😀😀😀', '😀😀😀😀😀', '😀😀😀😀😀'],
  ['uuid', 'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11', 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', 'A0EEBC999C0B4EF8BB6D6BB9BD380A11'],
  ['date', '2024-02-29', '2024-02-29', '2024-02-29'],
  ['time', '23:59:59.5', '23:59:59.5', '23:59:59.500'],
  ['timestamp', '2024-05-06 07:08:09', '2024-05-06T07:08:09', '2024-05-06T07:08:09'],
  ['timestamptz', '2024-05-06T07:08:09.120+02:00', '2024-05-06T05:08:09.12+00:00', '2024-05-06T05:08:09.12Z'],
  ['timestamptz', new Date(0), '1970-01-01T00:00:00+00:00', '1970-01-01T01:00:00+01:00'],
  ['interval', '1 year 2 months 3 days 04:05:06', '1 year 2 mons 3 days 04:05:06', '14 months 3 days 04:05:06'],
  ['json', { b: [1, null, { c: 'd' }], a: 1.5 }, { b: [1, null, { c: 'd' }], a: 1.5 }, '{"a":1.5,"b":[1,null,{"c":"d"}]}'],
  ['json', [], [], '[]'],
  ['json', 'text', 'text', '"text"'],
  ['bytea', '\\x00ff', '\\x00ff', '\\x00FF'],
  ['mood', 'calm', 'calm', 'calm'],
  ['integers', [3, null, -1], [3, null, -1], '{3,NULL,-1}'],
  ['integers', [], [], '{}'],
  ['texts', ['a', 'b,c', '"d"', '', 'NULL', null], ['a', 'b,c', '"d"', '', 'NULL', null], '{a,"b,c","\\"d\\"","","NULL",NULL}'],
  ['moods', ['happy', 'sad'], ['happy', 'sad'], '{happy,sad}'],
];

/** Types of which the client writes no list that can be told from a single value. */
const unlisted = new Set(['json', 'integers', 'texts', 'moods']);

onEachEngine((project, engine) => {
  const kinds = () => project.service.from('kinds');

  for (const [n, [column, written, read, found]] of values.entries())
    test(`${column}: ${JSON.stringify(written)}`, async () => {
      const id = `${column} ${n}`;
      const answer = { id, [column]: read };
      const columns = `id, ${column}`;
      assert.deepEqual(
        await kinds().insert({ id, [column]: written }).select(columns).single(),
        rows(answer, { status: 201 }),
      );
      assert.deepEqual(await kinds().select(columns).eq('id', id), rows([answer]));
      assert.deepEqual(await kinds().select(columns).eq('id', id).eq(column, found), rows([answer]));
      if (found !== '' && !unlisted.has(column))
        assert.deepEqual(await kinds().select(columns).eq('id', id).in(column, [found]), rows([answer]));
      assert.deepEqual(await kinds().select(columns).eq('id', id).neq(column, found), rows([]));
      assert.deepEqual(
        await kinds().update({ [column]: written }).eq('id', id).select(columns).single(),
        rows(answer),
      );
      assert.deepEqual(
        await kinds().update({ [column]: null }).eq('id', id).select(columns).single(),
        rows({ id, [column]: null }),
      );
    });

  test('each byte of a row, for clients that read numbers exactly', async () => {
    const all = {
      id: 'all',
      boolean: false,
      smallint: 1,
      integer: 2,
      bigint: 9223372036854775807n,
      decimal: '1234567890.1200',
      real: 16777216,
      double: 1e21,
      text: 'é/"',
      varchar: 'x',
      uuid: 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11',
      date: '0001-01-01',
      time: '00:00',
      timestamp: '9999-12-31T23:59:59.999999',
      timestamptz: '2024-05-06T07:08:09.000001Z',
      interval: '-1 day +00:00:01.5',
      bytea: '\\x',
      mood: 'happy',
      integers: [1, 2],
      texts: ['a"b'],
      moods: [],
    };
    assert.equal((await kinds().insert(all)).status, 201);
    const columns = Object.keys(all).join(',');
    const key = project.key('service_role');
    const answer = await fetch(`${project.server.url}/rest/v1/kinds?id=eq.all&select=${columns}`, {
      headers: { apikey: key },
    });
    assert.equal(
      await answer.text(),
      '[{"id":"all","boolean":false,"smallint":1,"integer":2,"bigint":9223372036854775807,' +
        '"decimal":1234567890.1200,"real":1.6777216e+07,"double":1e+21,"text":"é/\\"","varchar":"x",' +
        '"uuid":"a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11","date":"0001-01-01","time":"00:00:00",' +
        '"timestamp":"9999-12-31T23:59:59.999999","timestamptz":"2024-05-06T07:08:09.000001+00:00",' +
        '"interval":"-1 days +00:00:01.5","bytea":"\\\\x","mood":"happy","integers":[1,2],' +
        '"texts":["a\\"b"],"moods":[]}]',
    );
  });

  test('values that sort as their type does', async () => {
    const sorted = [
      ['decimal', [-10, -9.5, 2, 10]],
      ['double', [-1e300, -1, 0, 1e-300, 'Infinity']],
      ['interval', ['1 day', '2 days', '10 days', '1 mon', '1 year']],
      ['timestamptz', ['1970-01-01T00:00:00+00:00', '1970-01-01T00:00:00.5+00:00', '2024-01-01T00:00:00+00:00']],
      ['mood', ['sad', 'calm', 'happy']],
      ['text', ['A', 'B', 'a', 'é', '😀']],
    ];
    for (const [column, inOrder] of sorted) {
      const written = inOrder.map((value, n) => ({ id: `sort ${column} ${n}`, [column]: value })).reverse();
      assert.equal((await kinds().insert(written)).error, null);
      const asked = await kinds().select(column).like('id', `sort ${column} %`).order(column);
      assert.deepEqual(asked, rows(inOrder.map((value) => ({ [column]: value }))));
    }
  });

  test('not a number, where the engine can store that', async () => {
    const answer = await kinds().insert({ id: 'NaN', double: 'NaN' }).select('double');
    assert.deepEqual(
      answer,
      engine === 'sqlite'
        ? refused(400, 'PGRST127', 'Feature not implemented', { details: 'storing NaN in SQLite' })
        : rows([{ double: 'NaN' }], { status: 201 }),
    );
  });

  test('a date before the first year, or after the last', async () => {
    for (const date of ['0000-12-31', '10000-01-01'])
      assert.deepEqual(
        await kinds().insert({ id: date, date }),
        refused(400, '22008', `date/time field value out of range: "${date}"`),
      );
  });
});
