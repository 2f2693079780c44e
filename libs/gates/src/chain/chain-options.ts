import { AppError } from '@sos/domain';

/** How the option chain is read. Every figure that gates see depends on these, so they belong to the configuration of a run. */
export interface ChainOptions {
  /** Older snapshots, by the exchange's page time, are as good as none: every chain word becomes unknown. */
  readonly maxAgeMinutes: number;
  /** Strikes each side of the money over which the put-call ratio and open interest are summed. */
  readonly pcrReach: number;
  /** Strikes each side of the money that vote in the Money Matrix. */
  readonly voteReach: number;
  /** Strikes each side of the money that delta volume looks at. */
  readonly deltaReach: number;
  /** Interval of `chain.ceOiChange` and `chain.peOiChange`. */
  readonly changeMinutes: number;
  /** Share of premium and of open interest below which a change is noise and a contract neutral. */
  readonly noiseShare: number;
  /** |score| below which the smart trend is NEUTRAL. */
  readonly minScore: number;
  /** What a high put-call ratio means: `high-bullish` reads puts as written, `high-bearish` as bought. */
  readonly pcrPolarity: 'high-bullish' | 'high-bearish';
  /** Closed bars of the delta volume that make the usual level of a strike. */
  readonly deltaBars: number;
  /** Standard deviations above the usual volume that make a spike. */
  readonly deltaSpike: number;
}

/** How a chain is read unless told otherwise. */
export const DEFAULT_CHAIN_OPTIONS: ChainOptions = {
  maxAgeMinutes: 10,
  pcrReach: 10,
  voteReach: 5,
  deltaReach: 2,
  changeMinutes: 15,
  noiseShare: 0.001,
  minScore: 0.1,
  pcrPolarity: 'high-bullish',
  deltaBars: 6,
  deltaSpike: 2,
};

/** The defaults with some of them changed. @throws SOS_INPUT for a figure outside its range */
export function chainOptions(changes: Partial<ChainOptions> = {}): ChainOptions {
  const options = { ...DEFAULT_CHAIN_OPTIONS, ...changes };
  const check = (name: keyof ChainOptions, isGood: boolean, expected: string): void => {
    if (!isGood) throw new AppError('SOS_INPUT', `expected chain.${name} ${expected}, found ${options[name]}`);
  };
  const whole = (value: number): boolean => Number.isInteger(value) && value >= 1 && value <= 100;
  check('maxAgeMinutes', options.maxAgeMinutes > 0, '> 0');
  check('pcrReach', whole(options.pcrReach), 'as a whole number 1..100');
  check('voteReach', whole(options.voteReach), 'as a whole number 1..100');
  check('deltaReach', whole(options.deltaReach), 'as a whole number 1..100');
  check('deltaBars', whole(options.deltaBars) && options.deltaBars >= 3, 'as a whole number 3..100');
  check('changeMinutes', options.changeMinutes > 0, '> 0');
  check('noiseShare', options.noiseShare >= 0 && options.noiseShare < 1, 'from 0 to below 1');
  check('minScore', options.minScore >= 0 && options.minScore < 1, 'from 0 to below 1');
  check('deltaSpike', options.deltaSpike > 0, '> 0');
  return options;
}
