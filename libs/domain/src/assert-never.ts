import { AppError } from './errors/app-error.js';

/** Ends an exhaustive `switch`: it does not compile while a case is missing, and throws `SOS_INVARIANT` if one arrives at run time. */
export function assertNever(value: never, what = 'case'): never {
  throw new AppError('SOS_INVARIANT', `expected every ${what} to be handled, found ${JSON.stringify(value)}`);
}
