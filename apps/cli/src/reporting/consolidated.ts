import { consolidate, type Consolidated } from '@sos/analytics';
import { AppError } from '@sos/domain';
import type { RunSummary, Store } from '@sos/store';
import type { CommandContext } from '../commands/command-context.js';
import { parseList } from '../options/lists.js';
import { consolidatedCsv, consolidatedTables } from '../render/consolidated-text.js';
import type { ReportFormat } from './report-format.js';
import { resolveRunId } from './report.js';

const MANY_RUNS = 100_000;

/** The newest run, and beside it the newest ones of the same days on other symbols: what somebody who ran symbol by symbol means. */
function newestOfEachSymbol(runs: readonly RunSummary[]): string[] {
  const [newest] = runs;
  if (newest === undefined)
    throw new AppError('SOS_UNKNOWN_RUN', 'expected a stored run, found none: start with `sos backtest`');
  const taken = new Set<string>();
  return runs
    .filter((run) => run.from === newest.from && run.to === newest.to && run.source === newest.source)
    .filter((run) => {
      if (run.underlyings.some((underlying) => taken.has(underlying))) return false;
      for (const underlying of run.underlyings) taken.add(underlying);
      return true;
    })
    .map((run) => run.runId);
}

async function runIds(store: Store, wanted: string | undefined): Promise<string[]> {
  if (wanted === undefined) return newestOfEachSymbol(await store.listRuns({ limit: MANY_RUNS }));
  return Promise.all(parseList(wanted).map((one) => resolveRunId(store, one)));
}

function textOf(context: CommandContext, all: Consolidated, format: ReportFormat): string {
  switch (format) {
    case 'json':
      return `${JSON.stringify(all, null, 2)}\n`;
    case 'csv':
      return consolidatedCsv(all);
    case 'table':
      return consolidatedTables(all, context.palette);
    case 'html':
      throw new AppError('SOS_INPUT', 'expected --format table, csv or json with --consolidated, found "html"');
  }
}

/** The all-gates table of one or several runs. @throws SOS_UNKNOWN_RUN, SOS_INPUT for runs that share a session */
export async function consolidatedText(
  context: CommandContext,
  store: Store,
  { runs, format }: { readonly runs: string | undefined; readonly format: ReportFormat },
): Promise<string> {
  const ids = [...new Set(await runIds(store, runs))];
  const results = await Promise.all(ids.map((id) => store.loadRun(id)));
  return textOf(context, consolidate(results), format);
}
