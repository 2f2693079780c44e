import { paise, units } from '@sos/domain';
import { makeEngineConfig, type EngineConfig } from '../engine-config.js';
import { PLAIN_RULES, plainCharge } from '../fixtures/plain-rules.js';
import { ScriptedSignals } from '../fixtures/scripted-signals.js';
import { makeEngineState } from '../state/engine-state.js';
import { sizePosition, type SizeAnswer } from './size-position.js';

interface Case {
  readonly config?: Partial<EngineConfig>;
  readonly multiplier?: number;
  readonly maxLotsPerOrder?: number;
  readonly outlay?: number;
  readonly stopFill?: number;
}

/** Buys at ₹100 with the stop at ₹90, lot 75: one lot risks 75,000 + 2 × 2,000 + 0.1 % of 6,75,000 = 79,675 paise. */
function size({
  config = {},
  multiplier = 1,
  maxLotsPerOrder = 24,
  outlay = 0,
  stopFill = 9000,
}: Case = {}): SizeAnswer {
  const state = makeEngineState({
    config: makeEngineConfig({ startingCapital: paise(500_000_00), riskShare: 0.01, ...config }),
    rules: PLAIN_RULES,
    underlyings: [{ underlying: 'NIFTY', signals: new ScriptedSignals([]) }],
  });
  state.outlay = outlay;
  const terms = { lotSize: units(75), maxLotsPerOrder, tick: paise(5) };
  return sizePosition(state, {
    terms,
    entry: paise(10_000),
    stopFill: paise(stopFill),
    multiplier,
    charge: plainCharge,
  });
}

it('divides the risk budget by what one lot loses, costs included, rounding down', () => {
  // 5,00,000 paise ÷ 79,675 = 6.27
  expect(size()).toMatchObject({ lots: 6 });
});

it('multiplies the budget by the regime', () => {
  expect(size({ multiplier: 2.5, config: { premiumShare: 1 } })).toMatchObject({ lots: 15 });
  expect(size({ multiplier: 0.5 })).toMatchObject({ lots: 3 });
});

it.each<[string, Case, number]>([
  ['the premium share of the capital', { config: { premiumShare: 0.06 } }, 4],
  ['free cash', { config: { premiumShare: 1 }, outlay: 477_000_00 }, 3],
  ['the largest position', { config: { maxLots: 2 } }, 2],
])('is capped by %s', (_what, given, lots) => {
  expect(size(given)).toMatchObject({ lots });
});

it('is refused, not rounded up, when one lot is too much', () => {
  expect(size({ config: { riskShare: 0.001 } })).toEqual({
    lots: null,
    reason: 'risk-budget',
    detail: 'one lot risks 79675 paise',
  });
  expect(size({ config: { premiumShare: 0.01 } })).toEqual({
    lots: null,
    reason: 'capital',
    detail: 'one lot costs 750000 paise',
  });
  expect(size({ multiplier: Number.NaN })).toMatchObject({ lots: null, reason: 'risk-budget' });
});

it('may be more than one order: the freeze quantity limits orders, not positions', () => {
  expect(size({ maxLotsPerOrder: 5 })).toEqual({ lots: 6 });
});

it('counts the spread and slippage of the stop', () => {
  // 1,500 a unit lost when the stop pays 85: 112,500 + 2 × 2,000 + 0.1 % of 6,37,500 = 117,138
  expect(size({ stopFill: 8500 })).toEqual({ lots: 4 });
});
