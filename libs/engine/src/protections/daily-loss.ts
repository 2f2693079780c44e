import { formatPaise, paise, type Paise } from '@sos/domain';
import type { EngineState } from '../state/engine-state.js';
import { dayResult } from './day-totals.js';
import type { Protection } from './protection.js';

/** Once the day has lost its limit, realised and open together, no entry is made until the next day. */
export const dailyLoss: Protection = {
  code: 'daily-loss',
  refuse({ state }) {
    if (!state.day.lossHalted && withinDailyLoss(state)) return null;
    return `the day's loss limit of ${formatPaise(dailyLossLimit(state))} was reached`;
  },
};

/** The loss that ends the day, paise > 0. */
function dailyLossLimit({ config }: EngineState): Paise {
  return paise(Math.floor(config.startingCapital * config.dailyLossShare));
}

/** True while the day's result is known and above the limit. */
export function withinDailyLoss(state: EngineState): boolean {
  return dayResult(state) > -dailyLossLimit(state);
}
