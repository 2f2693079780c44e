import { reportSplits } from '@sos/analytics';
import { AppError, didYouMean } from '@sos/domain';
import type { Store } from '@sos/store';
import type { CommandContext } from '../commands/command-context.js';
import { withStore } from '../db/with-store.js';
import { readDossier } from '../run-folder/run-dossier.js';
import { listRuns } from './list-runs.js';
import { parseSplit } from './parse-split.js';
import { parseFormat } from './report-format.js';
import { expiryOf, reportOfRun } from './report-of-run.js';
import { parseTrials, trialsOfRun } from './trials-of-run.js';
import { writeWhole } from './write-out.js';
import { writtenReport, type WrittenReport } from './write-report.js';

/** Options of `sos report` as given. */
export interface ReportOptions {
  readonly run?: string;
  readonly bundle?: string;
  readonly rerun?: boolean;
  readonly consolidated?: boolean;
  readonly format: string;
  readonly limit: string;
  readonly all?: boolean;
  readonly split?: string;
  readonly trials?: string;
  readonly out?: string;
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

async function deliver(context: CommandContext, text: string, out: string | undefined): Promise<void> {
  if (out === undefined) context.io.out.write(text);
  else context.note(`written to ${await writeWhole(context, out, text)}`);
}

async function show(context: CommandContext, written: WrittenReport, options: ReportOptions): Promise<void> {
  const wanted = options.split === undefined ? null : parseSplit(options.split);
  const split = wanted === null ? null : (reportSplits(written.result, { expiryOf }, [wanted])[0] ?? null);
  const { palette } = context;
  const format = parseFormat(options.format);
  await deliver(context, writtenReport(written, { format, palette, split, all: options.all === true }), options.out);
}

async function reportBundle(context: CommandContext, file: string, options: ReportOptions): Promise<void> {
  const { readBundle } = await import('../bundle/read-bundle.js');
  const { result, dossier } = await readBundle(context, file);
  if (options.rerun === true) {
    const { rerunBundle } = await import('../bundle/rerun-bundle.js');
    return rerunBundle(context, { result, dossier });
  }
  const trials = options.trials === undefined ? undefined : parseTrials(options.trials);
  await show(context, { result, report: reportOfRun(result, trials), stamps: dossier.stamps }, options);
}

async function reportRun(context: CommandContext, store: Store, options: ReportOptions): Promise<void> {
  const result = await store.loadRun(await resolveRunId(store, options.run ?? 'latest'));
  const trials = options.trials === undefined ? await trialsOfRun(store, result) : parseTrials(options.trials);
  const dossier = await readDossier(context.settings.dataDir, result.runId);
  await show(context, { result, report: reportOfRun(result, trials), stamps: dossier?.stamps ?? [] }, options);
}

async function consolidated(context: CommandContext, store: Store, options: ReportOptions): Promise<void> {
  const { consolidatedText } = await import('./consolidated.js');
  const wanted = { runs: options.run, format: parseFormat(options.format) };
  await deliver(context, await consolidatedText(context, store, wanted), options.out);
}

function checkOptions({ run, bundle, rerun, consolidated: isConsolidated, split, format }: ReportOptions): void {
  if (rerun === true && bundle === undefined)
    throw new AppError('SOS_INPUT', 'expected --bundle with --rerun, found none');
  if (bundle !== undefined && (run !== undefined || isConsolidated === true))
    throw new AppError('SOS_INPUT', 'expected either --bundle or stored runs, found both');
  if (split !== undefined && (format === 'html' || isConsolidated === true))
    throw new AppError('SOS_INPUT', 'expected --split with the table, csv or json of one run, found another form');
  if (run === undefined && bundle === undefined && isConsolidated !== true && format === 'html')
    throw new AppError('SOS_INPUT', 'expected --run with --format html, found no run');
}

/** `sos report`: one stored run, a bundle, the all-gates table, or the list of runs. @throws SOS_UNKNOWN_RUN */
export async function report(context: CommandContext, options: ReportOptions): Promise<void> {
  const format = parseFormat(options.format);
  const limit = limitOf(options.limit);
  if (options.split !== undefined) parseSplit(options.split);
  if (options.trials !== undefined) parseTrials(options.trials);
  checkOptions(options);
  const { bundle } = options;
  if (bundle !== undefined) return reportBundle(context, bundle, options);
  await withStore(context, async (store) => {
    if (options.consolidated === true) return consolidated(context, store, options);
    if (options.run === undefined) return listRuns(context, await store.listRuns({ limit }), format);
    await reportRun(context, store, options);
  });
}
