export { formatContractId, parseContractId, type ContractParts } from './contracts/contract-id.js';
export { futureContract, indexContract, optionContract, type OptionParts } from './contracts/contract-pool.js';
export { parseUnderlying } from './contracts/underlying-name.js';
export { InstrumentHistory } from './instruments/instrument-history.js';
export { InstrumentMaster, type MasterReport } from './instruments/instrument-master.js';
export type { Instrument } from './instruments/instrument.js';
export { atmStrike, nearestStrikeIndex, strikeAt, strikeLadder, type StrikeRequest } from './strikes/strikes.js';
export {
  contractOfLegacyBhav,
  contractOfUdiff,
  formatNseDate,
  legacyBhavNames,
  parseNseDate,
  udiffNames,
  type LegacyBhavNames,
  type UdiffNames,
} from './vendors/nse/nse-instrument.js';
export { openAlgoSymbol, parseOpenAlgoSymbol, type OpenAlgoSymbol } from './vendors/openalgo/openalgo-symbol.js';
export {
  parseTradingViewSymbol,
  tradingViewFrontFuture,
  tradingViewSymbol,
} from './vendors/tradingview/tradingview-symbol.js';
export {
  TRENDLYNE_ASSUMED_STOCK_IDS,
  parseTrendlyneContract,
  parseTrendlyneExpirySlug,
  trendlyneContract,
  trendlyneExpirySlug,
  type TrendlyneContract,
} from './vendors/trendlyne/trendlyne-contract.js';
export { loadUpstoxMaster } from './vendors/upstox/load-upstox-master.js';
export {
  parseUpstoxExpiredKey,
  parseUpstoxIndexKey,
  parseUpstoxTradingSymbol,
  upstoxExpiredKey,
  upstoxIndexKey,
  upstoxSegment,
  upstoxTradingSymbol,
  type UpstoxExpiredKey,
} from './vendors/upstox/upstox-symbol.js';
export {
  exchangeTokenOfKite,
  kiteInstrumentToken,
  parseZerodhaSymbol,
  zerodhaSymbol,
  type ZerodhaParseOptions,
} from './vendors/zerodha/zerodha-symbol.js';
