import { createHash } from 'node:crypto';
import { addDays, parseIstDate, type IstDate } from '@sos/domain';
import { RULEBOOK_VERSION } from '../index.js';
import { builtInTables } from './rule-tables.js';

const tables = builtInTables();

/** Every string that looks like a date, anywhere in a row except in prose. */
function datesIn(value: unknown, key = ''): string[] {
  if (typeof value === 'string') return /^\d{4}-\d\d-\d\d$/.test(value) && key !== 'note' ? [value] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([k, v]) => datesIn(v, k));
}

describe('the built-in tables', () => {
  test('every date is a real day', () => {
    const dates = datesIn(tables);
    expect(dates.length).toBeGreaterThan(400);
    expect(dates.map((d) => parseIstDate(d))).toEqual(dates);
  });

  test('every row has a source and a confidence', () => {
    const rows = Object.values(tables).flat() as { source: string; confidence: string }[];
    expect(rows.length).toBeGreaterThan(250);
    expect(rows.filter((r) => r.source.trim() === '' || !['high', 'medium', 'low'].includes(r.confidence))).toEqual([]);
  });

  test.each([
    ['charge rates', tables.chargeRate, (r: (typeof tables.chargeRate)[number]) => `${r.head} ${r.exchange}`],
    ['freeze quantities', tables.freeze, (r: (typeof tables.freeze)[number]) => r.underlying],
    ['order types', tables.orderType, () => 'all'],
    ['trading hours', tables.tradingHours, () => 'all'],
  ] as const)('%s follow each other without gap or overlap', (_name, rows, groupOf) => {
    const groups = new Map<string, { from: IstDate; to: IstDate | null }[]>();
    for (const row of rows) {
      const key = (groupOf as (r: typeof row) => string)(row);
      groups.set(key, [...(groups.get(key) ?? []), row]);
    }
    for (const group of groups.values()) {
      const seams = group.slice(1).map((row, i) => [group[i]?.to, addDays(row.from, -1)]);
      expect(seams.filter(([end, expected]) => end !== expected)).toEqual([]);
      expect(group[group.length - 1]?.to).toBeNull();
    }
  });

  test('a changed row needs a new version', () => {
    const digest = createHash('sha256').update(JSON.stringify(tables)).digest('hex').slice(0, 16);
    expect([RULEBOOK_VERSION, digest]).toEqual(['2026.11.20-2', '1c880892ec4b0c74']);
  });
});
