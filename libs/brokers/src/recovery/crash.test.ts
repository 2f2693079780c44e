import { grossOf } from '@sos/engine';
import { deepTest } from '@sos/testkit';
import { crashRun, type CrashRun } from '../fixtures/crash-run.js';

jest.setTimeout(120_000);

/** Everything that must hold after any day; what does not, in words. */
function broken({ seed, broker, state, folded, isSettled, faults }: CrashRun): string[] {
  const wrong: string[] = [];
  const demand = (holds: boolean, what: string): void => void (holds || wrong.push(`seed ${seed}: ${what}`));
  const orders = broker.exchange.orders();
  demand(isSettled, 'the desk did not come to rest');
  demand(faults.length === 0, `halted: ${String(faults[0])}`);
  demand(new Set(orders.map((o) => o.tag)).size === orders.length, 'an order was sent twice');
  demand(
    orders.every((o) => state.orders.get(o.tag)?.orderId === o.orderId),
    'an order of the broker is not known',
  );
  demand(
    broker.exchange.positions().every((p) => p.netUnits === 0),
    'a position was orphaned',
  );
  const held = new Map<string, number>();
  for (const { contract, side, units } of broker.exchange.trades()) {
    const now = (held.get(contract) ?? 0) + (side === 'BUY' ? units : -units);
    held.set(contract, now);
    demand(now >= 0, `${contract} was sold short`);
  }
  let gross = 0;
  for (const position of state.positions.values()) {
    gross += grossOf(position);
    const bought = position.orders.filter((o) => o.side === 'BUY').reduce((sum, o) => sum + o.filledUnits, 0);
    demand(bought <= position.units, `${position.id} bought ${bought} of ${position.units} units`);
  }
  demand(
    gross === broker.exchange.cash - 100_000_000,
    `the ledger says ${gross}, the broker ${broker.exchange.cash - 100_000_000} paise`,
  );
  demand(state.realised === gross, 'closed positions do not add up');
  demand(state.quarantined.size === 0, `quarantined: ${[...state.quarantined.values()].join('; ')}`);
  demand(folded.records === state.records && folded.realised === state.realised, 'the journal tells another story');
  return wrong;
}

async function days(
  from: number,
  count: number,
): Promise<{ wrong: string[]; crashes: number; orders: number; trades: number; ready: number[] }> {
  const sum = { wrong: [] as string[], crashes: 0, orders: 0, trades: 0, ready: [] as number[] };
  for (let seed = from; seed < from + count; seed++) {
    const run = await crashRun(seed);
    sum.wrong.push(...broken(run));
    sum.crashes += run.crashes;
    sum.orders += run.broker.exchange.orders().length;
    sum.trades += run.broker.exchange.trades().length;
    sum.ready.push(...run.readyAfter);
  }
  return sum;
}

describe('crashes', () => {
  test('100 bad days with crashes: nothing lost, doubled, orphaned or miscounted', async () => {
    const { wrong, crashes, orders, trades } = await days(1, 100);
    expect(wrong).toEqual([]);
    expect(crashes).toBeGreaterThan(150);
    expect(orders).toBeGreaterThan(1_000);
    expect(trades).toBeGreaterThan(800);
  });

  test('one integer repeats a day exactly', async () => {
    const [first, second] = [await crashRun(77), await crashRun(77)];
    expect(second.journal).toBe(first.journal);
    expect(second.broker.exchange.trades()).toEqual(first.broker.exchange.trades());
  });

  deepTest('1,000 bad days with crashes', async () => {
    const { wrong, crashes } = await days(1_000, 1_000);
    expect(wrong).toEqual([]);
    expect(crashes).toBeGreaterThan(1_500);
  });
});
