import { paise, type Paise, type TradeRecord } from '@sos/domain';

/** A field of a trade that two runs tell differently. */
export interface TradeChange {
  readonly field: TradeField;
  readonly before: string | number | boolean | null;
  readonly after: string | number | boolean | null;
}

/** The same signal in two runs, with another outcome. */
export interface ChangedTrade {
  readonly before: TradeRecord;
  readonly after: TradeRecord;
  readonly changes: readonly TradeChange[];
}

/** How the trades of two runs differ; removed + added + changed explain the difference of their nets to the paisa. */
export interface TradeComparison {
  readonly same: number;
  readonly removed: readonly TradeRecord[];
  readonly added: readonly TradeRecord[];
  readonly changed: readonly ChangedTrade[];
  /** What each kind of difference does to the net result, and all of them together. */
  readonly removedPaise: Paise;
  readonly addedPaise: Paise;
  readonly changedPaise: Paise;
  readonly netPaise: Paise;
}

const FIELDS = [
  'entryTime',
  'exitTime',
  'lots',
  'units',
  'entryPrice',
  'exitPrice',
  'exitReason',
  'ambiguous',
  'gross',
  'net',
  'entryChases',
  'exitChases',
  'missedStopCost',
  'regime',
] as const;

/** What of a trade is compared. */
export type TradeField = (typeof FIELDS)[number];

// A gate signals once at a time on one contract: two trades of it that were decided at the same moment are told apart by their order.
function keyed(trades: readonly TradeRecord[]): Map<string, TradeRecord> {
  const byKey = new Map<string, TradeRecord>();
  for (const trade of trades) {
    const key = JSON.stringify([trade.signalTime, trade.gate, trade.underlying, trade.contract]);
    let nth = 0;
    while (byKey.has(`${key}${nth}`)) nth++;
    byKey.set(`${key}${nth}`, trade);
  }
  return byKey;
}

function changesOf(before: TradeRecord, after: TradeRecord): TradeChange[] {
  return FIELDS.flatMap((field) =>
    before[field] === after[field] ? [] : [{ field, before: before[field], after: after[field] }],
  );
}

const net = (trades: readonly TradeRecord[]): number => trades.reduce((sum, t) => sum + t.net, 0);

/** Compares the trades of two runs: the same signal of the same gate on the same contract is the same trade. */
export function compareTrades(before: readonly TradeRecord[], after: readonly TradeRecord[]): TradeComparison {
  const [old, young] = [keyed(before), keyed(after)];
  const changed: ChangedTrade[] = [];
  let same = 0;
  for (const [key, trade] of old) {
    const other = young.get(key);
    if (other === undefined) continue;
    const changes = changesOf(trade, other);
    if (changes.length === 0) same++;
    else changed.push({ before: trade, after: other, changes });
  }
  const removed = [...old].filter(([key]) => !young.has(key)).map(([, trade]) => trade);
  const added = [...young].filter(([key]) => !old.has(key)).map(([, trade]) => trade);
  const changedPaise = changed.reduce((sum, c) => sum + c.after.net - c.before.net, 0);
  return {
    same,
    removed,
    added,
    changed,
    removedPaise: paise(-net(removed)),
    addedPaise: paise(net(added)),
    changedPaise: paise(changedPaise),
    netPaise: paise(net(after) - net(before)),
  };
}
