import type { ChainSide, ChainTape } from '@sos/domain';

function plainSide(side: ChainSide): ChainSide {
  const { ltp, bid, ask, bidQty, askQty, volume, openInterest } = side;
  return { ltp, bid, ask, bidQty, askQty, volume, openInterest };
}

/**
 * The same tape and the same columns behind an object that is always built the same way. Tapes come from many makers; reading unlike objects in one
 * place costs the hot loop a dictionary lookup for every column.
 */
export function plainTape(tape: ChainTape): ChainTape {
  const { underlying, expiry, source, strikes, length, eventTime, availableAt, spot } = tape;
  const call = plainSide(tape.call);
  const put = plainSide(tape.put);
  return { underlying, expiry, source, strikes, length, eventTime, availableAt, spot, call, put };
}
