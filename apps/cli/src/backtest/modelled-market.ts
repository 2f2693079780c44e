import { createModelledMarket } from '@sos/market-data';
import type { ChosenMarket } from './market-choice.js';

/** The same days, with premiums, chain and volume modelled on those of which only the index is known; such days are labelled MODELLED. */
export function modelledMarket(recorded: ChosenMarket, seed: number): ChosenMarket {
  return {
    market: createModelledMarket(recorded.market, { seed }),
    chosen: `${recorded.chosen}, premiums MODELLED (seed ${seed}) where none are recorded`,
  };
}
