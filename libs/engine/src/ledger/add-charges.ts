import { paise, type ChargeBreakdown } from '@sos/domain';

const ZERO = paise(0);

/** Charges of nothing: the one object of it, so that adding to it and taking it away cost none. */
export const NO_CHARGES: ChargeBreakdown = Object.freeze({
  brokerage: ZERO,
  stt: ZERO,
  exchange: ZERO,
  ipft: ZERO,
  sebi: ZERO,
  stamp: ZERO,
  gst: ZERO,
  total: ZERO,
});

/** Head by head sum of two orders' charges. */
export function addCharges(a: ChargeBreakdown, b: ChargeBreakdown): ChargeBreakdown {
  return a === NO_CHARGES ? b : combine(a, b, 1);
}

/** Head by head what a costs more than b. */
export function lessCharges(a: ChargeBreakdown, b: ChargeBreakdown): ChargeBreakdown {
  return b === NO_CHARGES ? a : combine(a, b, -1);
}

function combine(a: ChargeBreakdown, b: ChargeBreakdown, sign: 1 | -1): ChargeBreakdown {
  return {
    brokerage: paise(a.brokerage + sign * b.brokerage),
    stt: paise(a.stt + sign * b.stt),
    exchange: paise(a.exchange + sign * b.exchange),
    ipft: paise(a.ipft + sign * b.ipft),
    sebi: paise(a.sebi + sign * b.sebi),
    stamp: paise(a.stamp + sign * b.stamp),
    gst: paise(a.gst + sign * b.gst),
    total: paise(a.total + sign * b.total),
  };
}
