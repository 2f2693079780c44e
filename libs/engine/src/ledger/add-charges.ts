import { paise, type ChargeBreakdown } from '@sos/domain';

/** Head by head sum of two orders' charges. */
export function addCharges(a: ChargeBreakdown, b: ChargeBreakdown): ChargeBreakdown {
  return {
    brokerage: paise(a.brokerage + b.brokerage),
    stt: paise(a.stt + b.stt),
    exchange: paise(a.exchange + b.exchange),
    ipft: paise(a.ipft + b.ipft),
    sebi: paise(a.sebi + b.sebi),
    stamp: paise(a.stamp + b.stamp),
    gst: paise(a.gst + b.gst),
    total: paise(a.total + b.total),
  };
}
