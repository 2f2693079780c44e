export { modelPremiums, type ModelPremiumsInput } from './simulated/model-premiums.js';
export { createModelledMarket, type ModelledMarketOptions } from './simulated/modelled-market.js';
export type { ChainExtent } from './simulated/premium-model.js';
export { createSimulatedMarket, type SimulatedMarketOptions } from './simulated/simulated-market.js';
