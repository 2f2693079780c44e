export { BarsPayload, ContractBars, DayCharts, DayQuery, barsPayloadOf } from './bars.js';
export { Failure, Health } from './failure.js';
export { ClientMessage, SOCKET_VERSION, ServerMessage } from './replay.js';
export { RunDetail, RunSummary, TradeView } from './runs.js';
export { IstDateText, MaybeNumber, SourceLabel, UnderlyingName } from './scalars.js';
