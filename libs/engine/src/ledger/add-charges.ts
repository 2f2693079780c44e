import { paise, type ChargeBreakdown } from '@sos/domain';

/** Charges of nothing. */
export function noCharges(): ChargeBreakdown {
  const zero = paise(0);
  return { brokerage: zero, stt: zero, exchange: zero, ipft: zero, sebi: zero, stamp: zero, gst: zero, total: zero };
}

/** Head by head sum of two orders' charges. */
export function addCharges(a: ChargeBreakdown, b: ChargeBreakdown): ChargeBreakdown {
  return combine(a, b, 1);
}

/** Head by head what a costs more than b. */
export function lessCharges(a: ChargeBreakdown, b: ChargeBreakdown): ChargeBreakdown {
  return combine(a, b, -1);
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
