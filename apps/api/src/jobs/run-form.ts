import { runBacktest, type BacktestProgress, type MarketSource, type RunResult } from '@sos/backtester';
import type { BacktestForm } from '@sos/contracts';
import { AppError, paiseFromRupees, parseIstDate, type EpochMs } from '@sos/domain';
import { makeEngineConfig, rulebookRules } from '@sos/engine';
import { DEFAULT_CHAIN_OPTIONS, createSignalSource } from '@sos/gates';
import type { GateLibrary } from '../gates/gate-library.js';
import type { Markets } from '../market/markets.js';

const TWO_SESSIONS = 750;

/** What a backtest of the form needs. */
export interface FormRun {
  readonly form: BacktestForm;
  readonly gates: GateLibrary;
  readonly markets: Markets;
  readonly startedAt: EpochMs;
  readonly onProgress: (progress: BacktestProgress) => void;
}

// One market for the whole run: what is imported of the range where there is any, else the simulated one; never a mixture.
async function marketOf({ form, markets }: FormRun): Promise<MarketSource> {
  const simulated = `simulated:${form.seed}`;
  if (form.source !== 'auto') return markets.named(form.source === 'simulated' ? simulated : 'imported');
  const imported = await markets.named('imported');
  const [from, to] = [parseIstDate(form.from), parseIstDate(form.to)];
  const known = await Promise.all(form.symbols.map((symbol) => imported.sessions(symbol, from, to)));
  return known.some((days) => days.length > 0) ? imported : markets.named(simulated);
}

/** Runs what the form asks for. @throws SOS_INPUT, SOS_DATE_RANGE, SOS_NO_DATA, SOS_UNKNOWN_GATE */
export async function runForm(run: FormRun): Promise<RunResult> {
  const { form, gates, startedAt, onProgress } = run;
  const compiled = gates.compiled(form.gates);
  const chain = DEFAULT_CHAIN_OPTIONS;
  const request = {
    underlyings: form.symbols,
    from: parseIstDate(form.from),
    to: parseIstDate(form.to),
    config: makeEngineConfig({ startingCapital: paiseFromRupees(form.capitalRupees) }),
    rules: rulebookRules(),
    gatesText: [...gates.texts(form.gates), `chain ${JSON.stringify(chain)}`].join('\n'),
    chainFreshMinutes: chain.maxAgeMinutes,
    startedAt,
    warmUpBars: Math.max(TWO_SESSIONS, compiled.warmUpBars),
    onProgress,
  };
  if (form.from > form.to)
    throw new AppError('SOS_DATE_RANGE', `expected a range that runs forward, found ${form.from} to ${form.to}`);
  return runBacktest(request, await marketOf(run), () => createSignalSource(compiled, { chain }));
}
