import { cooldown } from './cooldown.js';
import { dailyLoss } from './daily-loss.js';
import { dailyTrades } from './daily-trades.js';
import { entryWindow } from './entry-window.js';
import { halted } from './halted.js';
import { indexLevels } from './index-levels.js';
import { maxPositions } from './max-positions.js';
import { maxSameDirection } from './max-same-direction.js';
import { onePerGate } from './one-per-gate.js';
import type { Protection } from './protection.js';

/** Every rule a signal must pass, in the order asked: the first that objects names the refusal. */
export const ENTRY_PROTECTIONS: readonly Protection[] = [
  halted,
  indexLevels,
  onePerGate,
  entryWindow,
  dailyLoss,
  dailyTrades,
  cooldown,
  maxPositions,
  maxSameDirection,
];
