import { AppError, CHARGE_HEADS, paise, type ChargeHead, type Paise } from '@sos/domain';
import { costsByHead } from '../report/money-totals.js';
import type { QuotedLeg, QuotedTrade } from './quoted-trade.js';

/** From the mid at the signal down to the net result of one gate, in paise; every step is what it cost (negative = it helped). */
export interface CostWaterfall {
  readonly gate: string;
  /** Trades whose every fill has a quote; the steps below are theirs. */
  readonly trades: number;
  /** Bought units of these trades. */
  readonly units: number;
  /** What buying and selling at the mids of the decisions would have made. */
  readonly grossAtMidPaise: Paise;
  /** Half the spread of each decision's quote. */
  readonly spreadPaise: Paise;
  /** From the touch of the decision to the fill: the market's move until then, depth and chasing. */
  readonly slippagePaise: Paise;
  /** Gross at the fills: mid − spread − slippage, exactly. */
  readonly grossPaise: Paise;
  readonly chargesPaise: Readonly<Record<ChargeHead, Paise>>;
  /** grossPaise − every charge head, exactly. */
  readonly netPaise: Paise;
  /** Trades left out because a quote was not known, and their net result. */
  readonly unquoted: { readonly trades: number; readonly netPaise: Paise };
}

interface Steps {
  spread: number;
  slippage: number;
  gross: number;
  units: number;
}

function addLeg(steps: Steps, { side, units, price, quote }: QuotedLeg): void {
  if (quote === null) return;
  const { bid, ask } = quote;
  if (bid > ask) throw new AppError('SOS_INPUT', `expected bid ≤ ask, found ${bid} > ${ask} paise`);
  const isBuy = side === 'BUY';
  // A mid may lie on half a paisa: rounded once a leg, halves up.
  steps.spread += Math.floor(((ask - bid) * units + 1) / 2);
  steps.slippage += (isBuy ? price - ask : bid - price) * units;
  steps.gross += (isBuy ? -price : price) * units;
  if (isBuy) steps.units += units;
}

function checkGross(trade: QuotedTrade): void {
  const gross = trade.legs.reduce((sum, l) => sum + (l.side === 'BUY' ? -l.price : l.price) * l.units, 0);
  if (gross !== trade.gross)
    throw new AppError('SOS_INVARIANT', `expected fills that make a gross of ${trade.gross}, found ${gross} paise`);
}

const isQuoted = ({ legs }: QuotedTrade): boolean => legs.every((leg) => leg.quote !== null);

function waterfallOf(gate: string, all: readonly QuotedTrade[]): CostWaterfall {
  all.forEach(checkGross);
  const quoted = all.filter(isQuoted);
  const rest = all.filter((t) => !isQuoted(t));
  const steps: Steps = { spread: 0, slippage: 0, gross: 0, units: 0 };
  for (const trade of quoted) for (const leg of trade.legs) addLeg(steps, leg);
  const chargesPaise = costsByHead(quoted);
  const charges = CHARGE_HEADS.reduce((sum, head) => sum + chargesPaise[head], 0);
  return {
    gate,
    trades: quoted.length,
    units: steps.units,
    grossAtMidPaise: paise(steps.gross + steps.spread + steps.slippage),
    spreadPaise: paise(steps.spread),
    slippagePaise: paise(steps.slippage),
    grossPaise: paise(steps.gross),
    chargesPaise,
    netPaise: paise(steps.gross - charges),
    unquoted: {
      trades: rest.length,
      netPaise: paise(rest.reduce((sum, t) => sum + t.gross - t.charges.total, 0)),
    },
  };
}

/**
 * Where the money of each gate went: gross at the signal's mid → half-spreads → slippage → each charge head → net, exact to the paisa. Trades without
 * quotes are counted apart, never guessed.
 * @returns one row a gate, in the order of first appearance
 * @throws SOS_INVARIANT when fills or charge heads of a trade do not add up, SOS_INPUT for a crossed quote
 */
export function costWaterfalls(trades: readonly QuotedTrade[]): CostWaterfall[] {
  const gates = [...new Set(trades.map((t) => t.gate))];
  return gates.map((gate) =>
    waterfallOf(
      gate,
      trades.filter((t) => t.gate === gate),
    ),
  );
}
