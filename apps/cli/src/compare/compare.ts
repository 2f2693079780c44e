import { compareTrades } from '@sos/analytics';
import type { CommandContext } from '../commands/command-context.js';
import { reportOfRun } from '../reporting/report-of-run.js';
import { compareInputs } from './compare-inputs.js';
import { compareGates, compareMetrics } from './compare-metrics.js';
import { compareText } from './compare-text.js';
import { loadSubject } from './load-subject.js';
import { verdictOf } from './verdict.js';

/** Options of `sos compare` as given. */
export interface CompareOptions {
  readonly all?: boolean;
  readonly json?: boolean;
}

const SHOWN_ROWS = 20;

/** `sos compare A B`: what changed between two runs. @throws SOS_UNKNOWN_RUN */
export async function compare(
  context: CommandContext,
  runs: readonly [before: string, after: string],
  options: CompareOptions,
): Promise<void> {
  // One after the other: the embedded database is started once.
  const before = await loadSubject(context, runs[0]);
  const after = await loadSubject(context, runs[1]);
  const [a, b] = [reportOfRun(before.result), reportOfRun(after.result)];
  const inputs = compareInputs(before, after);
  const found = {
    verdict: verdictOf(inputs),
    inputs,
    metrics: compareMetrics(a, b),
    gates: compareGates(a, b),
    trades: compareTrades(before.result.trades, after.result.trades),
  };
  if (options.json === true) {
    const heads = { a: { runId: a.runId, hashes: a.hashes }, b: { runId: b.runId, hashes: b.hashes } };
    return context.print(JSON.stringify({ ...heads, ...found }, null, 2));
  }
  const limit = options.all === true ? Number.POSITIVE_INFINITY : SHOWN_ROWS;
  context.io.out.write(compareText({ a, b, ...found }, { palette: context.palette, limit }));
}
