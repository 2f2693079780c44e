export {
  BUILDUPS,
  LONG_BUILDUP,
  LONG_UNWINDING,
  NEUTRAL,
  SHORT_BUILDUP,
  SHORT_COVERING,
  UNKNOWN_BUILDUP,
  buildupName,
  buildupOf,
  neutralBands,
  type Buildup,
  type NeutralBandOptions,
  type NeutralBands,
} from './chain/buildup.js';
export { deltaExposure, gammaExposure, type ExposureInput } from './chain/dealer-exposure.js';
export { expectedMove, expectedMoveFromStraddle, straddlePrice } from './chain/expected-move.js';
export { indexView } from './chain/index-view.js';
export { ivPercentile, ivRank } from './chain/iv-rank.js';
export { maxPain, painAt } from './chain/max-pain.js';
export {
  makeMoneyMatrixVote,
  moneyMatrixVote,
  type MoneyMatrixInput,
  type MoneyMatrixVote,
} from './chain/money-matrix-vote.js';
export { makeOiWalls, oiWalls, type OiWalls } from './chain/oi-walls.js';
export { PcrVelocity } from './chain/pcr-velocity.js';
export { bandSum, pcrChange, pcrOpenInterest, pcrVolume } from './chain/pcr.js';
export { skewOf, type Skew, type SkewInput } from './chain/skew.js';
export { nearestStrikeIndex, strikeBand, type StrikeBand, type StrikeBandOptions } from './chain/strike-band.js';
export { Adx } from './indicators/adx/adx.js';
export { AnchoredVwap } from './indicators/anchored-vwap/anchored-vwap.js';
export { Atr } from './indicators/atr/atr.js';
export { Bollinger, type BollingerOptions } from './indicators/bollinger/bollinger.js';
export { Cci } from './indicators/cci/cci.js';
export { atrColumn } from './indicators/columns/atr-column.js';
export { bollingerColumns, type BollingerColumns } from './indicators/columns/bollinger-columns.js';
export { emaColumn } from './indicators/columns/ema-column.js';
export { rollingExtremesColumns, type ExtremesColumns } from './indicators/columns/rolling-extremes-columns.js';
export { rollingMaxColumn } from './indicators/columns/rolling-max-column.js';
export { rollingMinColumn } from './indicators/columns/rolling-min-column.js';
export { rsiColumn } from './indicators/columns/rsi-column.js';
export { runBarIndicator, runIndicator, type BarInput } from './indicators/columns/run-indicator.js';
export { smaColumn } from './indicators/columns/sma-column.js';
export { vwapColumn } from './indicators/columns/vwap-column.js';
export { Ema } from './indicators/ema/ema.js';
export {
  fromTechnicalIndicators,
  type AdaptedIndicator,
  type BarWindow,
} from './indicators/from-technical-indicators.js';
export type { BarIndicator, Indicator } from './indicators/indicator.js';
export { Keltner, type KeltnerOptions } from './indicators/keltner/keltner.js';
export { Macd, type MacdOptions } from './indicators/macd/macd.js';
export { Obv } from './indicators/obv/obv.js';
export { OpeningRange } from './indicators/opening-range/opening-range.js';
export { floorPivots, type FloorPivots } from './indicators/pivots/floor-pivots.js';
export { Pivots } from './indicators/pivots/pivots.js';
export { Roc } from './indicators/roc/roc.js';
export { RollingMax } from './indicators/rolling-max/rolling-max.js';
export { RollingMin } from './indicators/rolling-min/rolling-min.js';
export { RollingStdev, type Deviation } from './indicators/rolling-stdev/rolling-stdev.js';
export { Rsi } from './indicators/rsi/rsi.js';
export { SessionVwap } from './indicators/session-vwap/session-vwap.js';
export { Sma } from './indicators/sma/sma.js';
export { Stochastic, type StochasticOptions } from './indicators/stochastic/stochastic.js';
export { Supertrend, type SupertrendOptions } from './indicators/supertrend/supertrend.js';
export { Wma } from './indicators/wma/wma.js';
export { ZScore } from './indicators/z-score/z-score.js';
export { black76Greeks } from './pricing/black76-greeks.js';
export { black76Price } from './pricing/black76-price.js';
export { RHO_PER_PERCENT, THETA_PER_DAY, VEGA_PER_POINT, makeGreeks, type Greeks } from './pricing/greeks.js';
export {
  impliedVolatility,
  impliedVolatilityWithReason,
  type ImpliedVolatilityResult,
  type NoVolatilityReason,
} from './pricing/implied-volatility.js';
export { normalCdf } from './pricing/normal-cdf.js';
export { normalPdf } from './pricing/normal-density.js';
export {
  makeParityForward,
  parityForward,
  type ForwardRung,
  type ParityForward,
  type ParityInput,
} from './pricing/parity-forward.js';
export {
  black76GreeksColumns,
  black76Prices,
  impliedVolatilities,
  makeGreekColumns,
  type GreekColumns,
  type OptionRows,
} from './pricing/pricing-columns.js';
export { calendarYears, tradingYears } from './pricing/year-fraction.js';
