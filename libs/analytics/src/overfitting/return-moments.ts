import { AppError } from '@sos/domain';

/** Shape of a return series: skewness γ3 and RAW kurtosis γ4 (normal: 0 and 3). */
export interface ReturnMoments {
  readonly skewness: number;
  readonly kurtosis: number;
}

/** The moments of a normal distribution. */
export const NORMAL_MOMENTS: ReturnMoments = { skewness: 0, kurtosis: 3 };

/**
 * Variance of an estimated Sharpe ratio times (T − 1): 1 − γ3·SR + (γ4 − 1)/4·SR² (E. Mertens, 2002).
 * @param sharpe per period, not annualised
 * @throws SOS_INPUT when γ4 < 1 + γ3², which no distribution has: excess kurtosis was passed for raw
 */
export function sharpeVarianceFactor(sharpe: number, moments: ReturnMoments): number {
  const least = 1 + moments.skewness ** 2;
  if (!(moments.kurtosis >= least * (1 - 1e-9)))
    throw new AppError(
      'SOS_INPUT',
      `expected a raw kurtosis of at least 1 + skewness² = ${least} (a normal distribution has 3), found ${moments.kurtosis}`,
    );
  return 1 - moments.skewness * sharpe + ((moments.kurtosis - 1) / 4) * sharpe * sharpe;
}

/** Standard error of a Sharpe ratio per period, √((1 − γ3·SR + (γ4 − 1)/4·SR²)/(T − 1)): the one behind PSR (E. Mertens, 2002). */
export function sharpeStandardError(sharpe: number, periods: number, moments: ReturnMoments): number {
  return Math.sqrt(sharpeVarianceFactor(sharpe, moments) / (periods - 1));
}

/** Standard error of a Sharpe ratio per period for independent normal returns, √((1 + SR²/2)/T) (A. Lo, Financial Analysts Journal 58, 2002). */
export function sharpeStandardErrorNormal(sharpe: number, periods: number): number {
  return Math.sqrt((1 + (sharpe * sharpe) / 2) / periods);
}
