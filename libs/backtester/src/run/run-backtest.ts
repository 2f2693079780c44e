import { bytesToHex } from '@noble/hashes/utils';
import { sha256 } from '@noble/hashes/sha2';
import {
  AppError,
  paise,
  toIstIso,
  weakestSource,
  type DayTape,
  type EpochMs,
  type FillRecord,
  type IstDate,
  type SeriesSource,
  type Underlying,
} from '@sos/domain';
import { ENGINE_VERSION, makeEffects, makeEngineState, type Effects, type EngineState } from '@sos/engine';
import type { SignalSource } from '@sos/gates';
import { configHash } from '../hash/config-hash.js';
import { DataHash } from '../hash/data-hash.js';
import { ledgerHash } from '../hash/ledger-hash.js';
import type { MarketSource } from '../market-source.js';
import { replayDay, type SessionReplay } from '../replay/replay-day.js';
import type { EntryLiquidity, ExecutionTotals, RunResult, SessionCoverage } from '../run-result.js';
import { checkRequest, type BacktestRequest } from './backtest-request.js';
import { entryLiquidity } from './entry-liquidity.js';
import { sessionCoverage, sourcesOf } from './session-coverage.js';
import { vetoCounts } from './veto-counts.js';

const TWO_SESSIONS = 750;
const FRESH_CHAIN_MINUTES = 5;

/** Everything a run carries from day to day. */
interface Run {
  readonly request: BacktestRequest;
  readonly market: MarketSource;
  readonly warmUpBars: number;
  readonly feeds: readonly { readonly underlying: Underlying; readonly signals: SignalSource }[];
  readonly state: EngineState;
  readonly out: Effects;
  readonly data: DataHash;
  readonly coverage: SessionCoverage[];
  readonly liquidity: EntryLiquidity[];
  readonly sources: Set<SeriesSource>;
  firstEvent: EpochMs | null;
  lastEvent: EpochMs | null;
}

/**
 * Replays the sessions of a range through one engine and gathers everything that came of it. The same request and data give the same hashes,
 * whatever machine or order of keys; `runId` alone depends on `startedAt`.
 * @throws SOS_INPUT, SOS_DATE_RANGE for a bad request; SOS_NO_DATA when the source knows no session of the range
 */
export async function runBacktest(
  request: BacktestRequest,
  market: MarketSource,
  signals: SignalFactory,
): Promise<RunResult> {
  checkRequest(request);
  const dates = await sessionDates(request, market);
  const run = beginRun(request, market, signals);
  await warmUp(run, dates[0] as IstDate);
  let sessionsDone = 0;
  for (const date of dates) {
    await runDay(run, date);
    sessionsDone++;
    request.onProgress?.({ date, sessionsDone, sessionsTotal: dates.length, trades: run.out.trades.length });
  }
  return finishRun(run);
}

/** Makes the gates of one underlying, fresh for one run. */
export type SignalFactory = (underlying: Underlying) => SignalSource;

async function sessionDates({ underlyings, from, to }: BacktestRequest, market: MarketSource): Promise<IstDate[]> {
  const known = await Promise.all(underlyings.map((u) => market.sessions(u, from, to)));
  const dates = [...new Set(known.flat())].sort();
  if (dates.length > 0) return dates;
  throw new AppError('SOS_NO_DATA', `expected data of ${underlyings.join(', ')} from ${from} to ${to}, found none`);
}

function beginRun(request: BacktestRequest, market: MarketSource, signals: SignalFactory): Run {
  const feeds = request.underlyings.map((underlying) => ({ underlying, signals: signals(underlying) }));
  return {
    request,
    market,
    warmUpBars: request.warmUpBars ?? TWO_SESSIONS,
    feeds,
    state: makeEngineState({ config: request.config, rules: request.rules, underlyings: feeds }),
    out: makeEffects(),
    data: new DataHash(),
    coverage: [],
    liquidity: [],
    sources: new Set(),
    firstEvent: null,
    lastEvent: null,
  };
}

async function warmUp({ feeds, market, warmUpBars, data }: Run, first: IstDate): Promise<void> {
  if (warmUpBars === 0) return;
  for (const { underlying, signals } of feeds) {
    const bars = await market.warmUp(underlying, first, warmUpBars);
    data.bars(`warm-up ${underlying}`, bars);
    signals.warmUp(bars);
  }
}

async function runDay(run: Run, date: IstDate): Promise<void> {
  const { request, market, state, out } = run;
  const tapes = await Promise.all(request.underlyings.map((u) => usableTape(market, u, date)));
  const freshMs = (request.chainFreshMinutes ?? FRESH_CHAIN_MINUTES) * 60_000;
  const before = out.fills.length;
  const replay = replayDay({ state, out }, tapes, freshMs);
  for (const session of replay.sessions) noteSession(run, session, out.fills.slice(before));
}

async function usableTape(market: MarketSource, underlying: Underlying, date: IstDate): Promise<DayTape | null> {
  const tape = await market.day(underlying, date);
  return tape && tape.index.length > 0 ? tape : null;
}

function noteSession(run: Run, session: SessionReplay, fills: readonly FillRecord[]): void {
  const { tape, usedSeries } = session.stream;
  run.data.day(tape, usedSeries);
  run.liquidity.push(...entryLiquidity(fills, usedSeries, 1000 * run.request.config.staleQuoteSeconds));
  run.coverage.push(sessionCoverage(session, run.request.rules));
  for (const source of sourcesOf(session)) run.sources.add(source);
  const { time, length } = tape.index;
  run.firstEvent ??= (time[0] ?? null) as EpochMs | null;
  run.lastEvent = (time[length - 1] ?? run.lastEvent) as EpochMs | null;
}

function runIdOf(startedAt: EpochMs, content: string): string {
  const stamp = toIstIso(startedAt).slice(0, 19).replace(/[-:]/g, '').replace('T', '-');
  return `${stamp}-${bytesToHex(sha256(content)).slice(0, 12)}`;
}

function executionTotals(counts: EngineState['counts']): ExecutionTotals {
  return {
    partialEntries: counts.partialEntries,
    chasedEntries: counts.chasedEntries,
    chasedExits: counts.chasedExits,
    escalatedExits: counts.escalatedExits,
    chaseCost: paise(counts.chaseCost),
    missedStops: counts.missedStops,
    missedStopCost: paise(counts.missedStopCost),
    freakPrints: counts.freakPrints,
    crossedQuotes: counts.crossedQuotes,
    staleQuotes: counts.staleQuotes,
  };
}

function finishRun(run: Run): RunResult {
  const { request, feeds, state, out, warmUpBars } = run;
  const { from, to, underlyings, config, rules, gatesText, startedAt } = request;
  const { counts } = state;
  const setup = { config, rulebookVersion: rules.version, warmUpBars, underlyings: feeds, gatesText };
  const hashes = { dataHash: run.data.hex(), configHash: configHash(setup), ledgerHash: ledgerHash(out) };
  return {
    runId: runIdOf(startedAt, `${hashes.configHash} ${hashes.dataHash} ${startedAt}`),
    from,
    to,
    underlyings,
    gates: [...new Set(feeds.flatMap((f) => f.signals.gates.map((g) => g.id)))],
    source: weakestSource(run.sources),
    firstEvent: run.firstEvent,
    lastEvent: run.lastEvent,
    startingCapital: config.startingCapital,
    orders: out.orders,
    fills: out.fills,
    trades: out.trades,
    decisions: out.decisions,
    vetoes: feeds.flatMap((f) => vetoCounts(f.underlying, f.signals)),
    coverage: run.coverage,
    unfilledEntries: counts.unfilledEntries,
    execution: executionTotals(counts),
    ambiguity: {
      trades: counts.ambiguousTrades,
      assumed: paise(counts.ambiguousAssumed),
      best: paise(counts.ambiguousBest),
      worst: paise(counts.ambiguousWorst),
    },
    liquidity: run.liquidity,
    ...hashes,
    rulebookVersion: rules.version,
    engineVersion: ENGINE_VERSION,
  };
}
