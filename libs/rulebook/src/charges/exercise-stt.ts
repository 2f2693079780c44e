import { AppError, paiseFromRupees, type IstDate, type Paise, type Right } from '@sos/domain';
import type { ChargeRates } from './charge-schedule.js';
import { shareOf } from './per-crore.js';

// Finance Act 2019: the base became the intrinsic value instead of the whole settlement value.
const INTRINSIC_BASE_FROM = '2019-09-01';

/** A long option at its expiry. */
export interface ExerciseRequest {
  readonly right: Right;
  /** Index points. */
  readonly strike: number;
  /** The settlement value of the index. */
  readonly settlement: number;
  /** Units held long at expiry. */
  readonly units: number;
  /** The expiry day. */
  readonly on: IstDate;
}

/** STT of a long option exercised in the money; 0 when it expires worthless. */
export function exerciseSttWith(rates: ChargeRates, request: ExerciseRequest): Paise {
  const { right, strike, settlement, units, on } = request;
  if (!(strike > 0 && settlement > 0 && units >= 0))
    throw new AppError(
      'SOS_INPUT',
      `expected strike, settlement and units above 0, found ${strike}, ${settlement}, ${units}`,
    );
  const intrinsic = right === 'CE' ? settlement - strike : strike - settlement;
  if (intrinsic <= 0) return 0 as Paise;
  const base = on < INTRINSIC_BASE_FROM ? settlement : intrinsic;
  return shareOf(paiseFromRupees(base * units), rates.sttExercise);
}
