import { basename } from 'node:path';
import { UNDERLYINGS, type IstDate, type Underlying } from '@sos/domain';
import { masterFiles, readMaster, type MasterRow } from '../fixtures/master-rows.js';
import { sharedData } from '../fixtures/shared-data.js';
import { freezeQuantity, isMonthlyExpiry, listedExpiries, lotSize, maxLotsPerOrder, tickSize } from '../index.js';

const folder = sharedData('upstox-masters');
const files = folder === null ? [] : masterFiles(folder);
// Without the recorded masters the suite says so instead of passing unseen.
const suite = folder === null ? describe.skip : describe;
const NSE = UNDERLYINGS.filter((u) => u !== 'SENSEX');

function expiriesIn(rows: readonly MasterRow[], underlying: Underlying): IstDate[] {
  return [
    ...new Set(rows.filter((r) => r.underlying === underlying && r.kind === 'option').map((r) => r.expiry)),
  ].sort();
}

// A master keeps contracts for some days after they expired, so the day it shows is that of its first expiry.
function shownDay(rows: readonly MasterRow[], underlying: Underlying): IstDate {
  const [first] = expiriesIn(rows, underlying);
  if (first === undefined) throw new Error(`expected ${underlying} options in the master, found none`);
  return first;
}

suite('the ten Upstox masters 2024-06-13..2026-07-17 (skipped without recorded data)', () => {
  const masters = new Map(files.map((f) => [basename(f), readMaster(f)]));

  test('there are ten of them', () => {
    expect(masters.size).toBe(10);
  });

  test.each(files.map((f) => basename(f)))('%s: the listed expiries are exactly those of the rules', (name) => {
    const rows = masters.get(name) ?? [];
    for (const underlying of NSE) {
      const listed = listedExpiries(underlying, shownDay(rows, underlying)).map((e) => e.date);
      expect({ underlying, listed }).toEqual({ underlying, listed: expiriesIn(rows, underlying) });
    }
  });

  test.each(files.map((f) => basename(f)))('%s: lot, freeze quantity, tick and weekly flag of every row', (name) => {
    const rows = (masters.get(name) ?? []).filter((r) => r.underlying !== 'SENSEX');
    const wrong = new Set<string>();
    for (const r of rows) {
      const on = shownDay(rows, r.underlying);
      const lot = lotSize(r.underlying, r.expiry, on);
      if (lot !== r.lot) wrong.add(`${r.underlying} ${r.expiry} lot ${lot}, master ${r.lot}`);
      const freeze = lot * maxLotsPerOrder(r.underlying, r.expiry, on);
      if (r.freeze !== null && freeze !== r.freeze)
        wrong.add(`${r.underlying} ${r.expiry} freeze ${freeze}, master ${r.freeze}`);
      const tick = tickSize(r.kind, r.underlying, on);
      if (tick !== r.tick) wrong.add(`${r.underlying} ${r.kind} tick ${tick}, master ${r.tick}`);
      const weekly = !isMonthlyExpiry(r.underlying, r.expiry);
      if (r.weekly !== null && weekly !== r.weekly)
        wrong.add(`${r.underlying} ${r.expiry} weekly ${weekly}, master ${r.weekly}`);
    }
    expect(rows.length).toBeGreaterThan(3_000);
    expect([...wrong]).toEqual([]);
  });

  test('the exceptions by name: contracts that later circulars re-dated', () => {
    const lists = [...masters.values()].flatMap((rows) =>
      NSE.flatMap((underlying) =>
        listedExpiries(underlying, shownDay(rows, underlying)).map((e) => ({ underlying, ...e })),
      ),
    );
    const redated = new Set(
      lists.filter((e) => e.finalDate !== e.date).map((e) => `${e.underlying} ${e.date} -> ${e.finalDate}`),
    );
    expect([...redated].sort()).toEqual([
      // The March 2026 monthly was listed before the 2026 holidays were applied; Wednesday contracts of 2025 went back to Thursday (NSE/FAOP/65336) and September to Tuesday (68747).
      'BANKNIFTY 2025-03-26 -> 2025-03-27',
      'BANKNIFTY 2025-06-25 -> 2025-06-26',
      'BANKNIFTY 2025-09-24 -> 2025-09-30',
      'BANKNIFTY 2026-03-31 -> 2026-03-30',
      'NIFTY 2025-09-25 -> 2025-09-30',
      'NIFTY 2025-12-24 -> 2025-12-30',
      'NIFTY 2026-03-31 -> 2026-03-30',
      'NIFTY 2026-06-25 -> 2026-06-30',
      'NIFTY 2026-12-31 -> 2026-12-29',
      'NIFTY 2027-06-24 -> 2027-06-29',
      'NIFTY 2027-12-30 -> 2027-12-28',
      'NIFTY 2028-06-29 -> 2028-06-27',
      'NIFTY 2028-12-28 -> 2028-12-26',
      'NIFTY 2029-06-28 -> 2029-06-26',
    ]);
  });

  test('SENSEX: every listed expiry follows the rules; BSE lists up to one weekly more than the rule of five', () => {
    const rows = [...masters.values()]
      .map((r) => r.filter((x) => x.underlying === 'SENSEX'))
      .filter((r) => r.length > 0);
    expect(rows).toHaveLength(5);
    for (const master of rows) {
      const ruled = listedExpiries('SENSEX', shownDay(master, 'SENSEX')).map((e) => e.date);
      const found = expiriesIn(master, 'SENSEX');
      expect(found).toEqual(expect.arrayContaining(ruled));
      expect(found.length - ruled.length).toBeLessThanOrEqual(1);
      expect(master.every((r) => r.lot === lotSize('SENSEX', r.expiry, shownDay(master, 'SENSEX')))).toBe(true);
    }
  });

  test('one master holds two lots of the same underlying', () => {
    const rows = masters.get('upstox_NSE_2025-12-23.json.gz') ?? [];
    const lots = new Set(rows.filter((r) => r.underlying === 'NIFTY').map((r) => `${r.lot}`));
    expect([...lots].sort()).toEqual(['65', '75']);
    expect(freezeQuantity('NIFTY', '2025-12-23' as IstDate)).toBe(1_800);
  });
});
