export { BarsPayload, ContractBars, DayCharts, DayQuery, barsPayloadOf } from './bars.js';
export { BuildupName, ChainCell, ChainHistory, ChainPage, ChainQuery, ChainRow, ChainTable } from './chain.js';
export { Failure, Health, SettingView } from './failure.js';
export {
  GateCard,
  GateCheck,
  GateDay,
  GateDayQuery,
  GatePhase,
  GateProblemView,
  GateTextToCheck,
  WhyTest,
} from './gates.js';
export { BacktestForm, JobView } from './jobs.js';
export { DecisionView, GateState, MinuteState, PositionView } from './minute.js';
export { Alive, Ready, ReadyCheck } from './operation.js';
export { ClientMessage, SOCKET_VERSION, ServerMessage } from './replay.js';
export { GateResult, MetricView, RunDetail, RunSummary, TradeView } from './runs.js';
export { ClockText, IstDateText, MarketName, MaybeNumber, SourceLabel, UnderlyingName } from './scalars.js';
export {
  Coverage,
  CoverageDay,
  CoverageQuery,
  DaysQuery,
  ImportView,
  KnownDays,
  QuarantineCount,
  StoredData,
} from './stored-data.js';
