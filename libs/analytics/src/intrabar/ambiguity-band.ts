import { AppError, paise, type Paise } from '@sos/domain';

/** A closed trade with what else its deciding bar allows. */
export interface BandedTrade {
  readonly gate: string;
  readonly net: Paise;
  /** Stop and target were both inside the deciding bar. */
  readonly ambiguous: boolean;
  /** Net results if the other order of events is true, worst and best; equal to `net` where nothing is ambiguous. */
  readonly worst: Paise;
  readonly best: Paise;
}

/** Assumed, worst and best result of one gate over every order of events that its bars allow. */
export interface GateAmbiguity {
  readonly gate: string;
  readonly trades: number;
  /** Trades that hinge on the order inside one bar. */
  readonly hinging: number;
  readonly assumedPaise: Paise;
  readonly worstPaise: Paise;
  readonly bestPaise: Paise;
  /** True when the gate earns in one order of events and loses in the other: its bars cannot tell. */
  readonly verdictHinges: boolean;
}

function checkBand({ gate, net, worst, best, ambiguous }: BandedTrade): void {
  const isWhole = worst <= net && net <= best && (ambiguous || worst === best);
  if (!isWhole)
    throw new AppError(
      'SOS_INVARIANT',
      `expected worst ≤ net ≤ best of a trade of ${gate}, equal when unambiguous, found ${worst}, ${net}, ${best} paise`,
    );
}

function bandOf(gate: string, trades: readonly BandedTrade[]): GateAmbiguity {
  trades.forEach(checkBand);
  const sum = (of: (t: BandedTrade) => number): Paise => paise(trades.reduce((total, t) => total + of(t), 0));
  const [worst, best] = [sum((t) => t.worst), sum((t) => t.best)];
  return {
    gate,
    trades: trades.length,
    hinging: trades.filter((t) => t.ambiguous).length,
    assumedPaise: sum((t) => t.net),
    worstPaise: worst,
    bestPaise: best,
    verdictHinges: worst <= 0 && best > 0,
  };
}

/**
 * The intrabar honesty of each gate: how many trades hinge on the order of stop and target inside one bar, and what the gate made if all of them went well or all badly.
 * @returns one row a gate, in the order of first appearance
 * @throws SOS_INVARIANT for a band that does not hold the assumed result
 */
export function ambiguityBands(trades: readonly BandedTrade[]): GateAmbiguity[] {
  const gates = [...new Set(trades.map((t) => t.gate))];
  return gates.map((gate) =>
    bandOf(
      gate,
      trades.filter((t) => t.gate === gate),
    ),
  );
}
