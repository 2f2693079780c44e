import { AppError } from '@sos/domain';

/** Refuses a period that is not a whole number of bars ≥ `least`. @throws SOS_INPUT */
export function checkPeriod(name: string, period: number, least = 1): void {
  if (!Number.isSafeInteger(period) || period < least)
    throw new AppError('SOS_INPUT', `${name}: expected a whole number of bars ≥ ${least}, found ${period}`);
}
