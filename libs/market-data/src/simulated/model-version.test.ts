import { makeBarColumns, parseIstDate } from '@sos/domain';
import { sessionOf } from '@sos/rulebook';
import { modelPremiums, type ModelPremiumsInput } from './model-premiums.js';
import { createSimulatedMarket } from './simulated-market.js';

const date = parseIstDate('2022-06-14');

function keyOf(changes: Partial<ModelPremiumsInput> = {}): string | undefined {
  const bars = makeBarColumns(3);
  const open = sessionOf(date)?.open ?? Number.NaN;
  for (let i = 0; i < bars.length; i++) {
    bars.time[i] = open + (i + 1) * 60_000;
    for (const column of [bars.open, bars.high, bars.low, bars.close]) column[i] = 15_700 + i;
  }
  return modelPremiums({ bars, underlying: 'NIFTY', date, seed: 'a', ...changes }).contentKey;
}

describe('content key of a modelled day', () => {
  test('the same inputs give the same key, whatever way they are written', () => {
    expect(keyOf({ chainCadenceMinutes: 3, seed: 'a' })).toBe(keyOf());
  });
  test.each<[string, Partial<ModelPremiumsInput>]>([
    ['seed', { seed: 'b' }],
    ['previous close', { previousClose: 15_600 }],
    ['volatility', { sessionVolatility: 0.02 }],
    ['cadence', { chainCadenceMinutes: 1 }],
    ['band', { bandStrikes: 12 }],
    ['expiries', { expiries: 2 }],
    ['reach', { isWhole: true }],
  ])('another %s gives another key', (_what, changes) => {
    expect(keyOf(changes)).not.toBe(keyOf());
  });
  test('a future that was recorded is not covered, so there is no key', () => {
    expect(keyOf({ future: makeBarColumns(1) })).toBeUndefined();
  });
  test('the simulated market names its seed and day', async () => {
    const of = async (seed: string): Promise<string | undefined> =>
      (await createSimulatedMarket({ seed }).day('NIFTY', date))?.contentKey;
    expect(await of('a')).toBe(await of('a'));
    expect(await of('b')).not.toBe(await of('a'));
  });
});
