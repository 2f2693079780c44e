import { ablationRow, type AblationRow, type VariantResult } from '@sos/backtester';
import { AppError, didYouMean } from '@sos/domain';
import type { CompiledGate } from '@sos/gates';
import type { CommandContext } from '../commands/command-context.js';
import { withStore } from '../db/with-store.js';
import { parseSeed } from '../options/numbers.js';
import { formatMoney, UNKNOWN } from '../render/format-figures.js';
import { figures, renderTable } from '../render/table.js';
import { parseCount, prepareResearch, type Prepared, type ResearchOptions } from './prepare-research.js';
import type { VariantEdits } from './research-job.js';
import { researchHead, trialsLine } from './research-lines.js';
import { runJob, type JobOutcome } from './run-job.js';
import { withoutFilters } from './variant-texts.js';

/** Options of `sos ablate` as given. */
export interface AblateOptions extends ResearchOptions {
  /** Leave out every condition that contains this text, together. */
  readonly containing?: string;
  readonly blockDays: string;
  readonly bootstrapSeed: string;
}

interface Left {
  readonly name: string;
  readonly conditions: ReadonlySet<number>;
}

function leftOut({ file, profile }: CompiledGate, containing: string | undefined): Left[] {
  const { filter } = file;
  if (containing === undefined) return filter.map((name, i) => ({ name, conditions: new Set([i]) }));
  const found = [...filter.keys()].filter((i) => filter[i]?.includes(containing));
  if (found.length > 0) return [{ name: found.map((i) => filter[i]).join(' and '), conditions: new Set(found) }];
  const words = filter.flatMap((text) => text.match(/[A-Za-z][\w.]*/g) ?? []);
  throw new AppError(
    'SOS_INPUT',
    `expected --containing to be found in a filter condition of ${profile.id} (${filter.join('; ')}), found "${containing}"${didYouMean(containing, words)}`,
  );
}

interface Finished {
  readonly prepared: Prepared;
  readonly outcome: JobOutcome;
  readonly rows: readonly AblationRow[];
}

const money = (paise: number): string => (Number.isFinite(paise) ? formatMoney(paise) : UNKNOWN);
const VERDICTS = { earns: 'earns its place', costs: 'costs money', unproven: 'unproven' } as const;

function textOf({ prepared, outcome, rows }: Finished, palette: CommandContext['palette']): string {
  const { job, gate, stamp } = prepared;
  const title = `What each filter of ${gate.profile.id} is worth on ${job.underlyings.join(', ')} ${outcome.sessions[0]} to ${outcome.sessions.at(-1)}, ${outcome.sessions.length} sessions`;
  const [whole] = outcome.results;
  const columns = [{ name: 'without' }, ...figures('trades', 'net ₹', 'worth ₹', 'a session ₹', '95 % interval ₹', '')];
  const table = rows.map((r) => [
    r.condition,
    ...[String(r.tradesWithout), money(r.netWithout), money(r.worth), money(r.worthPerSession)],
    r.interval === null ? UNKNOWN : `${money(r.interval.low)} … ${money(r.interval.high)}`,
    r.failure === null ? VERDICTS[r.verdict] : `failed: ${r.failure}`,
  ]);
  return [
    ...researchHead({ title, source: outcome.source, stamp }, palette),
    trialsLine(outcome.trials),
    `as it is: ${whole?.trades ?? 0} trades, net ₹${money(whole?.net ?? Number.NaN)}`,
    renderTable(columns, table),
    `worth = net with the condition less net without it; paired days, stationary day bootstrap, ${rows[0]?.interval?.draws ?? 0} draws`,
    `result hash ${outcome.resultHash}`,
    '',
  ].join('\n');
}

function jsonOf({ prepared, outcome, rows }: Finished): Record<string, unknown> {
  const known = (value: number): number | null => (Number.isFinite(value) ? value : null);
  const { job, gate, stamp } = prepared;
  return {
    gate: gate.profile.id,
    ...{ symbols: job.underlyings, from: job.from, to: job.to, data: outcome.source, stamp },
    ...{ sessions: outcome.sessions.length, resultHash: outcome.resultHash, trials: outcome.trials },
    conditions: rows.map((r) => ({ ...r, worth: known(r.worth), worthPerSession: known(r.worthPerSession) })),
  };
}

/** `sos ablate`: the gate against itself less one filter condition, over the same days, with an interval of the difference. */
export async function ablate(context: CommandContext, options: AblateOptions): Promise<void> {
  const seed = parseSeed(options.bootstrapSeed);
  const meanBlockDays = parseCount('--block-days', options.blockDays, [1, 250]);
  await withStore(context, async (store) => {
    const prepared = await prepareResearch(context, store, options);
    const left = leftOut(prepared.gate, options.containing);
    const without = left.map(({ conditions }, i) => ({
      index: i + 1,
      edits: withoutFilters(prepared.gate, conditions),
    }));
    const variants: VariantEdits[] = [{ index: 0, edits: [] }, ...without];
    const outcome = await runJob(context, store, { command: 'ablate', prepared, variants, options });
    const [whole, ...others] = outcome.results as [VariantResult, ...VariantResult[]];
    const rows = others.map((result, i) =>
      ablationRow(left[i]?.name ?? '', { whole, without: result }, { seed, meanBlockDays }),
    );
    const finished = { prepared, outcome, rows };
    if (rows.some((r) => r.failure !== null)) context.exitWith(1);
    if (options.json === true) context.print(JSON.stringify(jsonOf(finished), null, 2));
    else context.io.out.write(textOf(finished, context.palette));
  });
}
