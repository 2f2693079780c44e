import { metricOf, noMetric, type Metric } from '../metric.js';
import type { CostWaterfall } from './cost-waterfall.js';

/** How wide a market a gate survives, in rupees a unit (= points of premium) and round trip. */
export interface BreakEvenSpread {
  readonly gate: string;
  /** Mean spread that the gate's decisions met, weighted by units. */
  readonly paidPoints: Metric;
  /** The spread at which the gate's net result is zero, all else equal: "this gate dies at 0.35 points". */
  readonly diesAtPoints: Metric;
  /** diesAt − paid; negative = it is dead already. */
  readonly headroomPoints: Metric;
}

const PAISE_PER_RUPEE = 100;

/**
 * The spread at which a gate stops earning, its signals, slippage and charges being what they were: a round trip pays half of it at the entry and half at the exit.
 * Unknown without quoted trades; unknown with a reason when the gate loses even at no spread at all.
 */
export function breakEvenSpread(waterfall: CostWaterfall): BreakEvenSpread {
  const { gate, trades, units, spreadPaise, netPaise } = waterfall;
  if (trades === 0) {
    const none = noMetric('no trade with a known quote');
    return { gate, paidPoints: none, diesAtPoints: none, headroomPoints: none };
  }
  const points = (money: number): number => money / units / PAISE_PER_RUPEE;
  const atNoSpread = points(netPaise + spreadPaise);
  return {
    gate,
    paidPoints: metricOf(points(spreadPaise)),
    diesAtPoints: atNoSpread > 0 ? metricOf(atNoSpread) : noMetric('the gate does not earn even at no spread'),
    headroomPoints: metricOf(points(netPaise)),
  };
}
