import {
  parseIstDate,
  type BarColumns,
  type ChainSide,
  type ChainTape,
  type DayTape,
  type OptionSeries,
} from '@sos/domain';
import { makeEffects, makeEngineConfig, makeEngineState, rulebookRules, type Effects } from '@sos/engine';
import fc from 'fast-check';
import { MOMENTUM_GATES, MomentumSignals } from '../fixtures/momentum-signals.js';
import { paperDay, type PaperOptions } from '../fixtures/paper-market.js';
import { replayDay } from './replay-day.js';

const DAY = parseIstDate('2026-01-12');

/** What becomes of a row that could not be known at `t`: gone, or replaced by nonsense. */
type Future = 'truncated' | 'adversarial';

function spoil(column: Float64Array, from: number): Float64Array {
  const copy = column.slice();
  for (let i = from; i < copy.length; i++) copy[i] = i % 3 === 0 ? 1e6 : i % 3 === 1 ? 0.05 : Number.NaN;
  return copy;
}

const known = (times: Float64Array, length: number, t: number): number => {
  let n = 0;
  while (n < length && (times[n] as number) <= t) n++;
  return n;
};

function changeBars(bars: BarColumns, t: number, future: Future): BarColumns {
  const keep = known(bars.time, bars.length, t);
  if (future === 'truncated') return { ...bars, length: keep };
  const [open, high, low] = [spoil(bars.open, keep), spoil(bars.high, keep), spoil(bars.low, keep)];
  return { ...bars, open, high, low, close: spoil(bars.close, keep), volume: spoil(bars.volume, keep) };
}

function changeSeries(series: OptionSeries, t: number, future: Future): OptionSeries {
  const keep = known(series.availableAt, series.length, t);
  if (future === 'truncated') return { ...series, length: keep };
  const [open, high, low] = [spoil(series.open, keep), spoil(series.high, keep), spoil(series.low, keep)];
  const [bid, ask] = [spoil(series.bid, keep), spoil(series.ask, keep)];
  return { ...series, open, high, low, close: spoil(series.close, keep), bid, ask };
}

function changeChain(chain: ChainTape, t: number, future: Future): ChainTape {
  const keep = known(chain.availableAt, chain.length, t);
  if (future === 'truncated') return { ...chain, length: keep };
  const cells = keep * chain.strikes.length;
  const side = (s: ChainSide): ChainSide => ({
    ...s,
    ltp: spoil(s.ltp, cells),
    bid: spoil(s.bid, cells),
    ask: spoil(s.ask, cells),
    volume: spoil(s.volume, cells),
  });
  return { ...chain, call: side(chain.call), put: side(chain.put), spot: spoil(chain.spot, keep) };
}

function changeTape(tape: DayTape, t: number, future: Future): DayTape {
  return {
    ...tape,
    index: changeBars(tape.index, t, future),
    future: tape.future && changeBars(tape.future, t, future),
    chains: tape.chains.map((chain) => changeChain(chain, t, future)),
    option(contract) {
      const series = tape.option(contract);
      return series && changeSeries(series, t, future);
    },
  };
}

function replayed(tape: DayTape): { out: Effects; volume: number } {
  const out = makeEffects();
  const signals = new MomentumSignals(MOMENTUM_GATES);
  const state = makeEngineState({
    config: makeEngineConfig({ maxSpreadShare: 2 }),
    rules: rulebookRules(),
    underlyings: [{ underlying: 'NIFTY', signals }],
  });
  replayDay({ state, out }, [tape], 300_000);
  return { out, volume: signals.volumeSum };
}

const decisionsUpTo = ({ out }: { out: Effects }, t: number) => out.decisions.filter((d) => d.time <= t);
/** Fills that were decided and known by `t`: as many as the entries and exits among the decisions. */
const fillsUpTo = (run: { out: Effects }, t: number) => {
  const done = decisionsUpTo(run, t).filter((d) => d.kind === 'entered' || d.kind === 'exited').length;
  return run.out.fills.slice(0, done);
};

const OPTIONS: fc.Arbitrary<PaperOptions> = fc.record({
  seed: fc.integer({ min: 1, max: 1_000_000 }),
  hasChain: fc.boolean(),
  hasFuture: fc.boolean(),
  missing: fc.constantFrom(0, 0.1),
  kind: fc.constantFrom('bars' as const, 'quotes' as const),
});

it.each(['truncated', 'adversarial'] as const)(
  'no decision up to t changes when everything after t is %s',
  (future) => {
    let compared = 0;
    fc.assert(
      fc.property(OPTIONS, fc.integer({ min: 2, max: 374 }), (options, minute) => {
        const tape = paperDay('NIFTY', DAY, options);
        const t = tape.index.time[minute - 1] as number;
        const whole = replayed(tape);
        const changed = replayed(changeTape(tape, t, future));
        compared += decisionsUpTo(whole, t).length;
        expect(decisionsUpTo(changed, t)).toEqual(decisionsUpTo(whole, t));
        expect(fillsUpTo(changed, t)).toEqual(fillsUpTo(whole, t));
      }),
      { numRuns: 40 },
    );
    expect(compared).toBeGreaterThan(500);
  },
);

it('sees a change of the past: the law is not true by accident', () => {
  const tape = paperDay('NIFTY', DAY, { hasChain: true });
  const t = tape.index.time[200] as number;
  const earlier = tape.index.time[100] as number;
  const changed = replayed(changeTape(tape, earlier, 'adversarial'));
  expect(decisionsUpTo(changed, t)).not.toEqual(decisionsUpTo(replayed(tape), t));
});
