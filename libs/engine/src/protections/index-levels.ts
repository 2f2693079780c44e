import type { Protection } from './protection.js';

/** Stop and target must be known and lie on their sides of the entry; a wrong side is never mirrored into a right one. */
export const indexLevels: Protection = {
  code: 'levels',
  refuse({ book }, { gate, entry, stop, target, sizeMultiplier }) {
    const isBullish = book.gates[gate]?.bias === 'bullish';
    const ordered = isBullish ? stop < entry && entry < target : stop > entry && entry > target;
    if (!ordered) return `stop ${stop}, entry ${entry}, target ${target}`;
    return sizeMultiplier > 0 ? null : `size multiplier ${sizeMultiplier}`;
  },
};
