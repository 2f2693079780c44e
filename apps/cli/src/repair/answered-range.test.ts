import { answeredRange, covers } from './answered-range.js';

const nameOf = (contract: string, days: string): string => `upstox/${contract} ${days}`;
const rangeOf = (contract: string, days: string) => {
  const range = answeredRange(nameOf(contract, days));
  if (range === null) throw new Error('expected the name of an answer');
  return range;
};

test('the name of an answer is read back; other lines of the ledger are none', () => {
  const name = nameOf('NIFTY13JAN2625700CE', '2026-01-05..2026-01-09');
  expect(answeredRange(name)).toMatchObject({
    name,
    dataset: 'upstox',
    contract: { id: 'NIFTY13JAN2625700CE', kind: 'option', strike: 25700 },
    from: '2026-01-05',
    to: '2026-01-09',
  });
  for (const other of [
    'upstox/NIFTY 2026-01-13 chain 2026-01-12',
    'index-1m/2021 FEB NIFTY.txt',
    nameOf('NIFTI', '2026-01-05..2026-01-09'),
  ])
    expect(answeredRange(other)).toBeNull();
});

test('an answer covers earlier ones of the same contract within its days', () => {
  const week = rangeOf('NIFTY', '2026-01-05..2026-01-09');
  expect(covers(week, rangeOf('NIFTY', '2026-01-06..2026-01-09'))).toBe(true);
  expect(covers(week, week)).toBe(true);
  expect(covers(week, rangeOf('NIFTY', '2026-01-05..2026-01-12'))).toBe(false);
  expect(covers(week, rangeOf('BANKNIFTY', '2026-01-06..2026-01-09'))).toBe(false);
});
