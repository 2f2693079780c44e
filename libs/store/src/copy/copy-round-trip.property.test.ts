import * as fc from 'fast-check';

import { connectClient, type Client } from '../client.js';
import { freshDatabase, type FreshDatabase } from '../fixtures/fresh-database.js';
import { copyIn } from './copy-in.js';
import { copyOut } from './copy-out.js';

let database: FreshDatabase;
let sql: Client;
beforeAll(async () => {
  database = await freshDatabase({ empty: true });
  sql = connectClient(database.url, 1);
  await sql`create table numbers (f float8, t timestamptz, i int4, s int2, b int8, x text, j jsonb, o boolean)`;
}, 30_000);
afterAll(async () => {
  await sql.end();
  await database.drop();
});

const row = fc.record({
  float: fc.double(),
  // Every millisecond from 1900 to 2200.
  time: fc.integer({ min: -2_208_988_800_000, max: 7_258_118_400_000 }),
  integer: fc.integer({ min: -2_147_483_648, max: 2_147_483_647 }),
  smallint: fc.integer({ min: -32_768, max: 32_767 }),
  bigint: fc.maxSafeInteger(),
  text: fc.string({ unit: 'grapheme' }).map((t) => t.replaceAll('\0', '')),
  json: fc.array(fc.string().map((t) => t.replaceAll('\0', ''))),
  flag: fc.boolean(),
});

test('whatever is written by binary COPY is read back the same; NaN passes through NULL', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(row, { maxLength: 200 }), async (rows) => {
      await sql`truncate numbers`;
      await copyIn(sql, 'numbers', {
        length: rows.length,
        write(encoder, i) {
          const r = rows[i];
          if (r === undefined) return;
          encoder.row(8);
          encoder.float(r.float);
          encoder.time(r.time);
          encoder.integer(r.integer);
          encoder.smallint(r.smallint);
          encoder.bigint(r.bigint);
          encoder.text(r.text);
          encoder.jsonb(r.json);
          encoder.boolean(r.flag);
        },
      });
      const read = await copyOut(sql, {
        select: 'select f, t, i, s from numbers',
        kinds: ['float', 'time', 'integer', 'smallint'],
      });
      const columns = [
        rows.map((r) => r.float),
        rows.map((r) => r.time),
        rows.map((r) => r.integer),
        rows.map((r) => r.smallint),
      ];
      expect(read.length).toBe(rows.length);
      expect(read.columns.map((c) => [...c])).toEqual(columns);
      const others = await sql`select b::text as b, x, j, o from numbers`;
      expect(others.map((o) => [Number(o['b']), o['x'], o['j'], o['o']])).toEqual(
        rows.map((r) => [r.bigint, r.text, r.json, r.flag]),
      );
      const nulls = await sql`select count(*)::int as n from numbers where f is null`;
      expect(nulls[0]?.['n']).toBe(rows.filter((r) => Number.isNaN(r.float)).length);
    }),
    { numRuns: 40 },
  );
}, 30_000);

test('more rows than one chunk holds, read twice over one connection', async () => {
  await sql`truncate numbers`;
  const length = 30_000;
  await copyIn(sql, 'numbers (f, x)', {
    length,
    write(encoder, i) {
      encoder.row(2);
      encoder.float(i);
      encoder.text('x'.repeat(i % 97));
    },
  });
  // A result of about 20 kB arrives in one piece with its end: the connection must still answer the next query.
  for (const limit of [length, 1_200, length])
    expect(
      (await copyOut(sql, { select: `select f from numbers order by f limit ${limit}`, kinds: ['float'] })).columns[0],
    ).toEqual(Float64Array.from({ length: limit }, (_, i) => i));
}, 30_000);

test('a refused row rejects with what the server says, and the connection lives on', async () => {
  const bad = {
    length: 1,
    write: (encoder: { row(n: number): void; integer(v: number): void }) => (encoder.row(1), encoder.integer(1)),
  };
  await expect(copyIn(sql, 'numbers (f)', bad)).rejects.toThrow('insufficient data left in message');
  await expect(copyOut(sql, { select: 'select 1::float8 as f, 2 as i', kinds: ['float'] })).rejects.toMatchObject({
    code: 'SOS_INVARIANT',
  });
  expect((await sql`select 1 as one`)[0]?.['one']).toBe(1);
});
