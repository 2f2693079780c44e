import { makeBarColumns } from '@sos/domain';
import * as contracts from './index.js';
import { BarsPayload, ClientMessage, DayQuery, ServerMessage, barsPayloadOf } from './index.js';

describe('contracts', () => {
  test('unknown becomes null on the wire and every other number survives JSON', () => {
    const bars = makeBarColumns(1);
    bars.time[0] = 1768189560000;
    bars.close[0] = 25700.05;
    const wire: unknown = JSON.parse(JSON.stringify(barsPayloadOf(bars)));
    expect(BarsPayload.parse(wire)).toMatchObject({ time: [1768189560000], close: [25700.05], volume: [null] });
  });

  test.each([
    [{ v: 1, type: 'replay.pause' }],
    [{ v: 2, type: 'replay.explode' }],
    [{ v: 2, type: 'replay.start', symbol: 'Nifty 50', date: '2026-01-12', speed: 1 }],
    [{ v: 2, type: 'replay.start', symbol: 'NIFTY', date: '12-01-2026', speed: 1 }],
    [{ v: 2, type: 'replay.start', symbol: 'NIFTY', date: '2026-01-12', speed: 1e9 }],
    [{ v: 2, type: 'replay.seek', bar: -1 }],
  ])('refuses %j from a client', (message) => {
    expect(ClientMessage.safeParse(message).success).toBe(false);
  });

  test('takes what the protocol allows', () => {
    expect(
      ClientMessage.parse({ v: 2, type: 'replay.start', symbol: 'NIFTY', date: '2026-01-12', speed: 10 }),
    ).toMatchObject({ speed: 10 });
    expect(ServerMessage.parse({ v: 2, seq: 3, type: 'error', code: 'SOS_INPUT', message: 'x' })).toMatchObject({
      seq: 3,
    });
    expect(DayQuery.parse({ symbol: 'BANKNIFTY', date: '2025-08-29' })).toEqual({
      symbol: 'BANKNIFTY',
      date: '2025-08-29',
    });
  });

  test('the public names of the library', () => {
    expect(Object.keys(contracts).sort()).toEqual([
      'Alive',
      'BacktestForm',
      'BarsPayload',
      'BuildupName',
      'ChainCell',
      'ChainHistory',
      'ChainPage',
      'ChainQuery',
      'ChainRow',
      'ChainTable',
      'ClientMessage',
      'ClockText',
      'ContractBars',
      'Coverage',
      'CoverageDay',
      'CoverageQuery',
      'DayCharts',
      'DayQuery',
      'DaysQuery',
      'DecisionView',
      'Failure',
      'GateCard',
      'GateCheck',
      'GateDay',
      'GateDayQuery',
      'GatePhase',
      'GateProblemView',
      'GateResult',
      'GateState',
      'GateTextToCheck',
      'Health',
      'ImportView',
      'IstDateText',
      'JobView',
      'KnownDays',
      'MarketName',
      'MaybeNumber',
      'MetricView',
      'MinuteState',
      'PositionView',
      'QuarantineCount',
      'Ready',
      'ReadyCheck',
      'RunDetail',
      'RunSummary',
      'SOCKET_VERSION',
      'ServerMessage',
      'SettingView',
      'SourceLabel',
      'StoredData',
      'TradeView',
      'UnderlyingName',
      'WhyTest',
      'barsPayloadOf',
    ]);
  });
});
