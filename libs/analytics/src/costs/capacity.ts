import { AppError, type Units } from '@sos/domain';
import { metricOf, noMetric, type Metric } from '../metric.js';
import { quantileOfSorted } from '../statistics/moments.js';

/** What the market of one entry could have borne. */
export interface CapacityEntry {
  readonly gate: string;
  readonly lotSize: Units;
  /** Units traded in the contract during the minute of the fill; null when unknown. */
  readonly minuteVolume: number | null;
  /** Units that stood at the touch when the order was sent; null when unknown. */
  readonly touchUnits: number | null;
}

/** How large one gate may trade; lots. */
export interface Capacity {
  readonly gate: string;
  readonly entries: number;
  /** Entries with a known volume, and with a known touch. */
  readonly knownVolumes: number;
  readonly knownTouches: number;
  /** Lots that stay within the participation in half of the entries, and in 95 % of them. */
  readonly medianLots: Metric;
  readonly safeLots: Metric;
  /** Lots that the touch alone could fill in half of the entries. */
  readonly touchLots: Metric;
  readonly participation: number;
}

const SAFE = 0.05;

function quantile(lots: number[], p: number, reason: string): Metric {
  if (lots.length === 0) return noMetric(reason);
  return metricOf(Math.floor(quantileOfSorted(lots, p)));
}

const ascending = (a: number, b: number): number => a - b;

function capacityOf(gate: string, entries: readonly CapacityEntry[], participation: number): Capacity {
  const volumes = entries.flatMap((e) =>
    e.minuteVolume === null ? [] : [(participation * e.minuteVolume) / e.lotSize],
  );
  const touches = entries.flatMap((e) => (e.touchUnits === null ? [] : [e.touchUnits / e.lotSize]));
  volumes.sort(ascending);
  touches.sort(ascending);
  return {
    gate,
    entries: entries.length,
    knownVolumes: volumes.length,
    knownTouches: touches.length,
    medianLots: quantile(volumes, 0.5, 'no entry with a known volume'),
    safeLots: quantile(volumes, SAFE, 'no entry with a known volume'),
    touchLots: quantile(touches, 0.5, 'no entry with a known touch'),
    participation,
  };
}

/**
 * How many lots each gate could trade before it becomes the market: a share of what was traded in the minute of each fill, in whole lots rounded down.
 * @param participation share of the minute's volume, above 0, at most 1; default 0.1
 * @returns one row a gate, in the order of first appearance
 */
export function capacities(entries: readonly CapacityEntry[], participation = 0.1): Capacity[] {
  if (!(participation > 0 && participation <= 1))
    throw new AppError('SOS_INPUT', `expected a participation above 0, at most 1, found ${participation}`);
  const gates = [...new Set(entries.map((e) => e.gate))];
  return gates.map((gate) =>
    capacityOf(
      gate,
      entries.filter((e) => e.gate === gate),
      participation,
    ),
  );
}
