import {
  AppError,
  isAppError,
  makeBarColumns,
  weakestSource,
  type DayTape,
  type IstDate,
  type SeriesSource,
  type Underlying,
} from '@sos/domain';
import { makeEffects, makeEngineState } from '@sos/engine';
import type { SignalSource } from '@sos/gates';
import type { KnownDigests } from '../hash/data-hash.js';
import type { MarketSource } from '../market-source.js';
import { DayReplay } from '../replay/replay-day.js';
import { checkRequest } from '../run/backtest-request.js';
import { sourcesOf } from '../run/session-coverage.js';
import { SignalRecorder, type SignalTape } from './signal-tape.js';
import { failedVariant, type VariantOutcome, type VariantResult } from './variant-result.js';
import { VariantRun, type Variant, type VariantRequest } from './variant-run.js';

const TWO_SESSIONS = 750;
const NO_FUTURE = makeBarColumns(0);

/** Makes one source that runs all given variants at once: gate i of it is variant i of the list, in this order. */
export type VariantSignals = (underlying: Underlying, variants: readonly Variant[]) => SignalSource;

/** What a set of variants is run over, and how far it has come. */
export interface VariantRunOptions {
  readonly request: VariantRequest;
  readonly market: MarketSource;
  readonly signals: VariantSignals;
  /** Called after each day. */
  readonly onDay?: (done: number, total: number) => void;
}

/** A gate that threw while it was run: never a fault of the data. */
class GateFailure extends Error {}

/**
 * Runs variants of one gate over the same days: every day is loaded once, every distinct expression computed once, and each variant has an engine of its own, so that
 * its result is that of a backtest of it alone. A variant that throws is reported as failed and disturbs no other.
 * @throws SOS_INPUT, SOS_DATE_RANGE for a bad request; SOS_NO_DATA when the source knows no session of the range; whatever the source throws
 */
export async function runVariants(variants: readonly Variant[], options: VariantRunOptions): Promise<VariantOutcome> {
  const { request, market } = options;
  checkRequest({ ...request, gatesText: '', startedAt: 0 as never });
  const sessions = await sessionDates(request, market);
  const sources = new Set<SeriesSource>();
  const results = await runOrSplit(variants, { ...options, sessions, sources });
  results.sort((a, b) => a.variant - b.variant);
  return { sessions, source: weakestSource(sources), results };
}

interface Batch extends VariantRunOptions {
  readonly sessions: readonly IstDate[];
  readonly sources: Set<SeriesSource>;
}

async function sessionDates({ underlyings, from, to }: VariantRequest, market: MarketSource): Promise<IstDate[]> {
  const known = await Promise.all(underlyings.map((u) => market.sessions(u, from, to)));
  const dates = [...new Set(known.flat())].sort();
  if (dates.length > 0) return dates;
  throw new AppError('SOS_NO_DATA', `expected data of ${underlyings.join(', ')} from ${from} to ${to}, found none`);
}

// All variants share one source, so that one which throws ends them all: halves of the list are then run on their own until it stands alone.
async function runOrSplit(variants: readonly Variant[], batch: Batch): Promise<VariantResult[]> {
  const [only] = variants;
  if (only === undefined) return [];
  try {
    return await runTogether(variants, batch);
  } catch (error) {
    if (!(error instanceof GateFailure)) throw error;
    if (variants.length === 1) return [failedVariant(only.index, error.message)];
    const middle = variants.length >> 1;
    const first = await runOrSplit(variants.slice(0, middle), batch);
    return [...first, ...(await runOrSplit(variants.slice(middle), batch))];
  }
}

function guarded<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    throw new GateFailure(isAppError(error) ? `${error.code}: ${said}` : said);
  }
}

/** The variants of one batch and the source they share, per underlying. */
interface Company {
  readonly recorders: readonly { readonly underlying: Underlying; readonly signals: SignalRecorder }[];
  readonly runs: readonly VariantRun[];
  readonly scout: { readonly state: ReturnType<typeof makeEngineState>; readonly out: ReturnType<typeof makeEffects> };
}

function assemble(variants: readonly Variant[], { request, signals }: Batch): Company {
  const recorders = request.underlyings.map((underlying) => {
    const source = signals(underlying, variants);
    if (source.gates.length !== variants.length)
      throw new AppError('SOS_INVARIANT', `expected ${variants.length} gates, found ${source.gates.length}`);
    return { underlying, signals: new SignalRecorder(source) };
  });
  const known: KnownDigests = new WeakMap();
  const runs = variants.map((variant, place) => new VariantRun(variant, { request, sources: recorders, place, known }));
  const { rules, config } = request;
  const state = makeEngineState({ config: { ...config, decisions: 'orders' }, rules, underlyings: recorders });
  return { recorders, runs, scout: { state, out: makeEffects() } };
}

async function runTogether(variants: readonly Variant[], batch: Batch): Promise<VariantResult[]> {
  const { request, market, sessions } = batch;
  const company = guarded(() => assemble(variants, batch));
  const bars = request.warmUpBars ?? TWO_SESSIONS;
  if (bars > 0) await warmUp(company, market, { first: sessions[0] as IstDate, bars });
  const load = (date: IstDate | undefined): Promise<readonly (DayTape | null)[]> => {
    const tapes = date === undefined ? [] : request.underlyings.map((u) => usableTape(market, u, date));
    const loading = Promise.all(tapes);
    // Whoever waits for the day is told; until then a failure is nobody's.
    loading.catch(() => undefined);
    return loading;
  };
  let loading = load(sessions[0]);
  for (const done of sessions.keys()) {
    const tapes = await loading;
    // The next day is asked for before this one is played, so that whoever keeps the days can work meanwhile.
    loading = load(sessions[done + 1]);
    guarded(() => playDay(company, tapes, batch));
    batch.onDay?.(done + 1, sessions.length);
  }
  for (const run of company.runs) for (const source of run.sources) batch.sources.add(source);
  return company.runs.map((run) => run.result());
}

async function warmUp(
  { recorders, runs }: Company,
  market: MarketSource,
  { first, bars }: { first: IstDate; bars: number },
): Promise<void> {
  for (const { underlying, signals } of recorders) {
    const history = await market.warmUp(underlying, first, bars);
    guarded(() => signals.warmUp(history));
    for (const run of runs) run.warmUp(`warm-up ${underlying}`, history);
  }
}

async function usableTape(market: MarketSource, underlying: Underlying, date: IstDate): Promise<DayTape | null> {
  const tape = await market.day(underlying, date);
  return tape && tape.index.length > 0 ? tape : null;
}

/** The day for engines whose signals are known: the volume, which only gates read, need not be summed up again for each of them. */
function withoutVolume(tape: DayTape): DayTape {
  const { underlying, date, index, indexSource, chains, previousClose, origins } = tape;
  const facts = { underlying, date, index, indexSource, chains, previousClose, origins };
  return { ...facts, future: NO_FUTURE, option: (contract) => tape.option(contract) };
}

// The scout tells the shared source the day; no signal reaches it, so it trades nothing.
function playDay({ recorders, runs, scout }: Company, tapes: readonly (DayTape | null)[], batch: Batch): void {
  const replay = new DayReplay(scout, tapes, (batch.request.chainFreshMinutes ?? 5) * 60_000);
  replay.open();
  while (replay.next());
  replay.close();
  for (const session of replay.sessions) for (const source of sourcesOf(session)) batch.sources.add(source);
  const told = new Set(replay.sessions.map(({ book }) => book));
  const signals: SignalTape[] = recorders.map((r, book) => (told.has(book) ? r.signals.tape : []));
  const replayed = tapes.map((tape) => (tape === null ? null : withoutVolume(tape)));
  for (const [place, run] of runs.entries()) run.day({ tapes, replayed, signals, place });
}
