import { createModelledMarket, type ModelledMarketOptions } from '@sos/market-data';
import type { ChosenMarket } from './market-choice.js';

/** The same days, with premiums, chain and volume modelled on those of which only the index is known; such days are labelled MODELLED. */
export function modelledMarket(recorded: ChosenMarket, options: ModelledMarketOptions): ChosenMarket {
  return {
    ...recorded,
    market: createModelledMarket(recorded.market, options),
    chosen: `${recorded.chosen}, premiums MODELLED (seed ${options.seed}) where none are recorded`,
  };
}
