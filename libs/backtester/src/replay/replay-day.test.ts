import { makeEffects, makeEngineConfig, makeEngineState, rulebookRules } from '@sos/engine';
import type { BarColumns } from '@sos/domain';
import { MomentumSignals, MOMENTUM_GATES } from '../fixtures/momentum-signals.js';
import { paperDay } from '../fixtures/paper-market.js';
import { paperRequest } from '../fixtures/run-paper.js';
import { DayReplay, replayDay } from './replay-day.js';

const { from } = paperRequest();

/** Writes down what it is told, in order. */
class Witness extends MomentumSignals {
  readonly name: string;
  readonly told: string[];
  constructor(name: string, told: string[]) {
    super(MOMENTUM_GATES);
    this.name = name;
    this.told = told;
  }
  override chain(): void {
    this.told.push(`${this.name} chain`);
  }
  override bar(_bars: BarColumns, _row: number, volume: number): void {
    this.told.push(`${this.name} bar ${volume}`);
  }
}

function witnessed() {
  const told: string[] = [];
  const state = makeEngineState({
    config: makeEngineConfig(),
    rules: rulebookRules(),
    underlyings: [
      { underlying: 'NIFTY', signals: new Witness('N', told) },
      { underlying: 'BANKNIFTY', signals: new Witness('B', told) },
    ],
  });
  return { told, engine: { state, out: makeEffects() } };
}

it('tells a day in order of availability: chains before the bar that decides, books in their order', () => {
  const { told, engine } = witnessed();
  const nifty = paperDay('NIFTY', from, { hasChain: true, hasFuture: true, minutes: 2 });
  const bank = paperDay('BANKNIFTY', from, { hasFuture: true, minutes: 2 });
  replayDay(engine, [nifty, bank], 300_000);
  expect(told).toEqual(['N chain', 'N bar 1000', 'B bar 1000', 'N chain', 'N bar 1001', 'B bar 1001']);
});

it('tells a chain of the same instant before the bar', () => {
  const { told, engine } = witnessed();
  const nifty = paperDay('NIFTY', from, { hasChain: true, minutes: 1 });
  nifty.chains[0]?.availableAt.set(nifty.index.time);
  replayDay(engine, [nifty, null], 300_000);
  expect(told).toEqual(['N chain', 'N bar NaN']);
});

it('can be told one event at a time', () => {
  const { told, engine } = witnessed();
  const replay = new DayReplay(engine, [paperDay('NIFTY', from, { minutes: 2 }), null], 300_000);
  replay.open();
  expect([replay.next(), told.length, replay.next(), told.length, replay.next()]).toEqual([true, 1, true, 2, false]);
  replay.close();
  expect(engine.state.books[0]?.session).toBeNull();
});

it('goes on with the next day', () => {
  const { told, engine } = witnessed();
  const next = paperRequest().to.replace('12', '13') as typeof from;
  for (const date of [from, next]) replayDay(engine, [paperDay('NIFTY', date, { minutes: 1 }), null], 300_000);
  expect(told).toHaveLength(2);
});

it('needs a tape, or null, for each book', () => {
  expect(() => new DayReplay(witnessed().engine, [null], 1)).toThrow('expected 2 tapes, found 1');
});

it('counts the minutes that had a fresh chain', () => {
  const { engine } = witnessed();
  const nifty = paperDay('NIFTY', from, { hasChain: true, minutes: 4 });
  const [chain] = nifty.chains;
  if (!chain) throw new Error('expected a chain, found none');
  const [session] = replayDay(engine, [{ ...nifty, chains: [{ ...chain, length: 2 }] }, null], 60_000).sessions;
  // snapshots are 20 s old at their minute, so the second is fresh for minute 2 and 80 s old at minute 3
  expect(session?.stream.freshMinutes).toBe(2);
});
