import { paise, type ContractId, type EpochMs, type TradeRecord } from '@sos/domain';
import fc from 'fast-check';
import { quotedRun } from '../fixtures/quoted-run.js';
import { compareTrades } from './compare-trades.js';

const TRADES = quotedRun().trades;
const [FIRST] = TRADES as [TradeRecord];

describe('trades of two runs', () => {
  it('are the same when nothing changed', () => {
    expect(compareTrades(TRADES, TRADES)).toEqual({
      same: 5,
      removed: [],
      added: [],
      changed: [],
      removedPaise: 0,
      addedPaise: 0,
      changedPaise: 0,
      netPaise: 0,
    });
  });

  it('names what was added, removed and changed, and what each did', () => {
    const later = TRADES.slice(1).map((t) =>
      t.seq === 2 ? { ...t, exitPrice: paise(11_500), gross: paise(-37_500), net: paise(-43_985) } : t,
    );
    const young = { ...FIRST, seq: 9, signalTime: (FIRST.signalTime + 60_000) as EpochMs, net: paise(100) };
    const found = compareTrades(TRADES, [...later, young]);
    expect(found.removed).toEqual([FIRST]);
    expect(found.added).toEqual([young]);
    expect(found.changed.map((c) => c.changes)).toEqual([
      [
        { field: 'exitPrice', before: 11_400, after: 11_500 },
        { field: 'gross', before: -45_000, after: -37_500 },
        { field: 'net', before: -51_485, after: -43_985 },
      ],
    ]);
    expect(found).toMatchObject({ same: 3, removedPaise: -68_515, addedPaise: 100, changedPaise: 7_500 });
    expect(found.netPaise).toBe(-68_515 + 100 + 7_500);
  });

  it('tells two trades of one moment apart by their order', () => {
    expect(compareTrades([FIRST, FIRST], [FIRST])).toMatchObject({ same: 1, removed: [FIRST] });
  });

  it('explains the difference of nets to the paisa, whatever differs', () => {
    const one = fc
      .record({ at: fc.nat(4), gate: fc.constantFrom('a', 'b'), net: fc.integer({ min: -90_000, max: 90_000 }) })
      .map(({ at, gate, net }) => ({
        ...FIRST,
        gate,
        contract: FIRST.contract as ContractId,
        signalTime: (FIRST.signalTime + at * 60_000) as EpochMs,
        net: paise(net),
      }));
    fc.assert(
      fc.property(fc.array(one), fc.array(one), (before, after) => {
        const c = compareTrades(before, after);
        expect(c.removedPaise + c.addedPaise + c.changedPaise).toBe(c.netPaise);
        expect(c.same + c.changed.length + c.removed.length).toBe(before.length);
        expect(c.same + c.changed.length + c.added.length).toBe(after.length);
      }),
    );
  });
});
