import { buildReport, type Report } from '@sos/analytics';
import { AppError, didYouMean } from '@sos/domain';
import type { Store } from '@sos/store';
import type { CommandContext } from '../commands/command-context.js';
import { withStore } from '../db/with-store.js';
import { gateCsv } from '../render/gate-csv.js';
import { reportText } from '../render/report-text.js';
import { listRuns } from './list-runs.js';

/** Options of `sos report` as given. */
export interface ReportOptions {
  readonly run?: string;
  readonly format: string;
  readonly limit: string;
}

const FORMATS = ['table', 'json', 'csv'] as const;
export type ReportFormat = (typeof FORMATS)[number];

function formatOf(text: string): ReportFormat {
  const found = FORMATS.find((f) => f === text);
  if (found === undefined)
    throw new AppError(
      'SOS_INPUT',
      `expected --format ${FORMATS.join(', ')}, found "${text}"${didYouMean(text, FORMATS)}`,
    );
  return found;
}

function limitOf(text: string): number {
  const limit = Number(text);
  if (!/^\d+$/.test(text) || limit < 1 || limit > 100_000)
    throw new AppError('SOS_INPUT', `expected --limit as a number from 1 to 100000, found "${text}"`);
  return limit;
}

const MANY_RUNS = 100_000;

/** The id that is meant by an id, the unique beginning of one, or `latest`. @throws SOS_UNKNOWN_RUN */
export async function resolveRunId(store: Store, wanted: string): Promise<string> {
  const ids = (await store.listRuns({ limit: MANY_RUNS })).map((r) => r.runId);
  if (wanted === 'latest') {
    const latest = ids[0];
    if (latest === undefined)
      throw new AppError('SOS_UNKNOWN_RUN', 'expected a stored run, found none: start with `sos backtest`');
    return latest;
  }
  const matches = ids.includes(wanted) ? [wanted] : ids.filter((id) => id.startsWith(wanted));
  const [only] = matches;
  if (only !== undefined && matches.length === 1) return only;
  const found = matches.length > 1 ? `"${wanted}", which begins ${matches.length} run ids` : `"${wanted}"`;
  throw new AppError('SOS_UNKNOWN_RUN', `expected the id of a stored run, found ${found}${didYouMean(wanted, ids)}`);
}

function print(context: CommandContext, report: Report, format: ReportFormat): void {
  if (format === 'json') context.print(JSON.stringify(report, null, 2));
  else context.io.out.write(format === 'csv' ? gateCsv(report) : reportText(report, context.palette));
}

/** `sos report`: one stored run, or the list of runs. @throws SOS_UNKNOWN_RUN */
export async function report(context: CommandContext, options: ReportOptions): Promise<void> {
  const format = formatOf(options.format);
  const limit = limitOf(options.limit);
  const wanted = options.run;
  await withStore(context, async (store) => {
    if (wanted === undefined) return listRuns(context, await store.listRuns({ limit }), format);
    const result = await store.loadRun(await resolveRunId(store, wanted));
    print(context, buildReport(result), format);
  });
}
