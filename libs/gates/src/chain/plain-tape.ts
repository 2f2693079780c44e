import type { ChainSide, ChainTape } from '@sos/domain';

/** The columns of one side that the gates read. */
export type ReadSide = Pick<ChainSide, 'ltp' | 'bid' | 'ask' | 'volume' | 'openInterest'>;

/** A tape as the gates read it. */
export interface ReadTape extends Omit<ChainTape, 'call' | 'put'> {
  readonly call: ReadSide;
  readonly put: ReadSide;
}

// Quoted sizes are left alone: a modelled market works them out only when somebody looks at them.
function plainSide({ ltp, bid, ask, volume, openInterest }: ChainSide): ReadSide {
  return { ltp, bid, ask, volume, openInterest };
}

/**
 * The same tape and the same columns behind an object that is always built the same way. Tapes come from many makers; reading unlike objects in one
 * place costs the hot loop a dictionary lookup for every column.
 */
export function plainTape(tape: ChainTape): ReadTape {
  const { underlying, expiry, source, strikes, length, eventTime, availableAt, spot } = tape;
  const call = plainSide(tape.call);
  const put = plainSide(tape.put);
  return { underlying, expiry, source, strikes, length, eventTime, availableAt, spot, call, put };
}
