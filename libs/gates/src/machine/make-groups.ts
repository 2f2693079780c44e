import { assertNever } from '@sos/domain';
import type { StatefulKind } from '../graph/graph-node.js';
import { AtrGroup, OpeningGroup, PreviousGroup, RelativeVolumeGroup, VwapGroup } from './bar-groups.js';
import type { StatefulSlot } from './program.js';
import { EmaGroup, HighestGroup, LowestGroup, RsiGroup, SmaGroup, StdevGroup, WmaGroup } from './series-groups.js';
import type { StatefulGroup } from './stateful-group.js';

function makeGroup(kind: StatefulKind, slots: readonly StatefulSlot[]): StatefulGroup {
  switch (kind) {
    case 'sma':
      return new SmaGroup(slots);
    case 'ema':
      return new EmaGroup(slots);
    case 'wma':
      return new WmaGroup(slots);
    case 'rsi':
      return new RsiGroup(slots);
    case 'stdev':
    case 'bandwidth':
      return new StdevGroup(slots);
    case 'highest':
      return new HighestGroup(slots);
    case 'lowest':
      return new LowestGroup(slots);
    case 'atr':
      return new AtrGroup(slots);
    case 'vwap':
      return new VwapGroup(slots);
    case 'prev':
    case 'lag':
      return new PreviousGroup(slots);
    case 'openingHigh':
    case 'openingLow':
      return new OpeningGroup(slots);
    case 'rvol':
      return new RelativeVolumeGroup(slots);
    default:
      return assertNever(kind);
  }
}

/** Groups of like kind, ordered so that what a value reads is up to date before it. */
export function makeGroups(stateful: readonly StatefulSlot[]): StatefulGroup[] {
  const groups = new Map<string, StatefulSlot[]>();
  for (const slot of [...stateful].sort((a, b) => a.level - b.level)) {
    const key = `${slot.level} ${slot.node.state}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [slot]);
    else group.push(slot);
  }
  return [...groups.values()].map((slots) => makeGroup((slots[0] as StatefulSlot).node.state, slots));
}
