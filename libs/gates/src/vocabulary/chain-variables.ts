import type { NumberVariable, Variable } from './variable.js';

const CHAIN = 'option chain of the nearest expiry';
const chain = { anchor: 'chain', source: CHAIN } as const;

type Range = Pick<NumberVariable, 'unit' | 'low' | 'high'>;

const OI: Range = { unit: 'openInterest', low: 0, high: 1e12 };
const OI_CHANGE: Range = { unit: 'openInterest', low: -1e12, high: 1e12 };
const LEVEL: Range = { unit: 'price', low: 0.05, high: 1e7 };
const STRIKES: Range = { unit: 'count', low: 0, high: 41 };

function number(name: string, range: Range, description: string): NumberVariable {
  return { type: 'number', name, ...range, ...chain, description };
}

/** Words about the option chain; all unknown when the last snapshot is older than the run's `chainMaxAgeMinutes`. */
export const CHAIN_VARIABLES: readonly Variable[] = [
  {
    type: 'label',
    labels: 'smartTrend',
    name: 'chain.smartTrend',
    ...chain,
    description: 'Money Matrix: the buildup of the band around the money, read as a view on the index.',
  },
  {
    type: 'label',
    labels: 'regime',
    name: 'chain.regime',
    ...chain,
    description: 'Regime from the smart trend, else from the put-call ratio with the declared polarity.',
  },
  number(
    'chain.score',
    { unit: 'ratio', low: -1, high: 1 },
    'Vote of the band, -1 (all evidence bearish) to 1 (all bullish).',
  ),
  number(
    'chain.pcr',
    { unit: 'ratio', low: 0, high: 1000 },
    'Put-call ratio of open interest over the declared band (10 strikes each side of the money by default).',
  ),
  number(
    'chain.pcrVelocity',
    { unit: 'perMinute', low: -1000, high: 1000 },
    'Change of the put-call ratio per minute between the last two changed publications of the session, on one set of strikes.',
  ),
  number('chain.ceOi', OI, 'Call open interest of the band.'),
  number('chain.peOi', OI, 'Put open interest of the band.'),
  number('chain.ceOiChange', OI_CHANGE, 'Change of call open interest of the band over the declared interval.'),
  number('chain.peOiChange', OI_CHANGE, 'Change of put open interest of the band over the declared interval.'),
  number('chain.wallAbove', LEVEL, 'Strike above the forward with the most call open interest.'),
  number('chain.wallBelow', LEVEL, 'Strike below the forward with the most put open interest.'),
  number('chain.maxPain', LEVEL, 'Expiry price at which the open options are worth least.'),
  number('chain.straddle', { unit: 'points', low: 0, high: 1e6 }, 'Premium of the at-the-money call plus put.'),
  number('chain.forward', LEVEL, 'Forward of the expiry from put-call parity around the money.'),
  number('chain.atm', LEVEL, 'Listed strike nearest to the forward.'),
  number(
    'chain.ageMinutes',
    { unit: 'minutes', low: 0, high: 1439 },
    "Age of the snapshot in use, by the exchange's own page time.",
  ),
  number(
    'deltaVolume.net',
    { unit: 'ratio', low: -1e6, high: 1e6 },
    'Signed volume of the strikes around the money in standard deviations, summed: calls bought and puts sold count up.',
  ),
  {
    type: 'label',
    labels: 'deltaSignal',
    name: 'deltaVolume.signal',
    ...chain,
    description:
      'BULLISH when call writers cover and the net delta is up, BEARISH when put writers cover and it is down, else NONE.',
  },
  number(
    'deltaVolume.coveringCalls',
    STRIKES,
    'Call strikes with premium up, open interest down and a volume spike in the last closed five minutes.',
  ),
  number('deltaVolume.coveringPuts', STRIKES, 'Put strikes with premium up, open interest down and a volume spike.'),
  number('deltaVolume.writingCalls', STRIKES, 'Call strikes with premium down and open interest up, a spike of it.'),
  number('deltaVolume.writingPuts', STRIKES, 'Put strikes with premium down and open interest up, a spike of it.'),
];
