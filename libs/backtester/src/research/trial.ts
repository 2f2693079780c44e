import { istDateOf, type IstDate, type SeriesSource, type Underlying } from '@sos/domain';
import type { RunResult } from '../run-result.js';
import type { VariantOutcome } from './variant-result.js';
import { dayReturns, sessionSharpe } from './variant-figures.js';

/** One configuration tried on data: what the trial ledger keeps. The same configuration on the same data is one trial, however often it is run. */
export interface Trial {
  readonly dataHash: string;
  readonly configHash: string;
  /** `backtest`, `sweep`, `walkforward`, `ablate`. */
  readonly command: string;
  readonly gates: readonly string[];
  readonly underlyings: readonly Underlying[];
  readonly from: IstDate;
  readonly to: IstDate;
  readonly source: SeriesSource;
  readonly sessions: number;
  readonly trades: number;
  /** Paise. */
  readonly net: number;
  /** Sharpe ratio PER SESSION; null when all days are equal. */
  readonly sharpe: number | null;
}

function knownSharpe(dayNets: readonly number[], startingCapital: number): number | null {
  const sharpe = sessionSharpe(dayReturns(dayNets, startingCapital));
  return Number.isFinite(sharpe) ? sharpe : null;
}

/** The trial that a stored run is. */
export function trialOfRun(run: RunResult): Trial {
  const nets = new Map<IstDate, number>(run.coverage.map((c) => [c.date, 0]));
  for (const { exitTime, net } of run.trades) {
    const day = istDateOf(exitTime);
    nets.set(day, (nets.get(day) ?? 0) + net);
  }
  const dayNets = [...nets].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, net]) => net);
  const { dataHash, configHash, gates, underlyings, from, to, source } = run;
  return {
    ...{ dataHash, configHash, command: 'backtest', gates, underlyings, from, to, source },
    sessions: nets.size,
    trades: run.trades.length,
    net: run.trades.reduce((sum, t) => sum + t.net, 0),
    sharpe: knownSharpe(dayNets, run.startingCapital),
  };
}

/** What the trials of one command share. */
export interface TrialsOfCommand {
  readonly command: string;
  readonly gate: string;
  readonly underlyings: readonly Underlying[];
  readonly from: IstDate;
  readonly to: IstDate;
  /** Paise. */
  readonly startingCapital: number;
}

/** The trials that the variants of a sweep are; one that failed was none. */
export function trialsOfVariants({ sessions, source, results }: VariantOutcome, of: TrialsOfCommand): Trial[] {
  const { command, gate, underlyings, from, to, startingCapital } = of;
  return results
    .filter((r) => r.failure === null)
    .map(({ dataHash, configHash, trades, net, dayNets }) => ({
      ...{ dataHash, configHash, command, gates: [gate], underlyings, from, to, source },
      sessions: sessions.length,
      trades,
      net,
      sharpe: knownSharpe(dayNets, startingCapital),
    }));
}
