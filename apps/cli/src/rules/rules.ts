import { AppError, formatIstClock, istDateOf, parseIstDate, type IstDate, type Underlying } from '@sos/domain';
import type { LawOfDay, RuleChange, RuleFact, Rulebook } from '@sos/rulebook';
import { parseUnderlying } from '@sos/symbol-master';
import type { CommandContext } from '../commands/command-context.js';
import { renderTable } from '../render/table.js';
import { loadRulebook } from './load-rulebook.js';

/** Options of `sos rules` and `sos rules diff`. */
export interface RulesOptions {
  readonly date?: string;
  readonly underlying: string;
  readonly explain?: boolean;
  readonly json?: boolean;
}

function dayOf(what: string, text: string): IstDate {
  try {
    return parseIstDate(text);
  } catch (cause) {
    throw new AppError('SOS_INPUT', `expected ${what} as YYYY-MM-DD, found "${text}"`, { cause });
  }
}

const period = ({ from, to }: RuleFact): string => `${from} … ${to ?? ''}`;

function factsTable(facts: readonly RuleFact[], isExplained: boolean): string {
  const columns = [{ name: 'Rule' }, { name: 'Law' }, { name: 'In force' }];
  if (!isExplained)
    return renderTable(
      columns,
      facts.map((f) => [f.topic, f.value, period(f)]),
    );
  const rows = facts.map((f) => [
    f.topic,
    f.value,
    period(f),
    f.confidence,
    f.note === null ? f.source : `${f.source}\n(${f.note})`,
  ]);
  return renderTable([...columns, { name: 'Confidence' }, { name: 'Source' }], rows);
}

function sessionText({ session, date }: LawOfDay): string {
  if (session === null) return `${date}: closed`;
  const windows = session.windows.map((w) => `${formatIstClock(w.open)}–${formatIstClock(w.close)}`).join(' and ');
  const index =
    session.indexUsableUntil < session.close ? `, index usable until ${formatIstClock(session.indexUsableUntil)}` : '';
  return `${date}: ${session.kind} session ${windows} IST (${session.minutes} minutes)${index}, square-off from ${formatIstClock(session.squareOff)}`;
}

function noteReview(context: CommandContext, rulebook: Rulebook, date: IstDate): void {
  const notice = rulebook.reviewNotice(date);
  if (notice !== null) context.note(`note: ${notice}`);
}

async function lawBook(
  context: CommandContext,
  options: RulesOptions,
): Promise<{ rulebook: Rulebook; underlying: Underlying }> {
  const { rulebook, files } = await loadRulebook(context.settings.dataDir);
  if (files.length > 0 && options.json !== true) context.note(`note: with your rows of ${files.join(', ')}`);
  return { rulebook, underlying: parseUnderlying(options.underlying) };
}

/** `sos rules`: the law of one day. */
export async function showRules(context: CommandContext, options: RulesOptions): Promise<void> {
  const date = options.date === undefined ? istDateOf(context.io.now()) : dayOf('--date', options.date);
  const { rulebook, underlying } = await lawBook(context, options);
  const law = rulebook.rulesOn(date, underlying);
  if (options.json === true) return context.print(JSON.stringify(law, null, 2));
  noteReview(context, rulebook, date);
  context.print(sessionText(law));
  context.print(
    `${underlying} expiries listed: ${law.expiries.map((e) => `${e.date} (${e.kind})`).join(', ') || 'none'}`,
  );
  context.print(factsTable(law.facts, options.explain === true));
}

function changeRow({ topic, before, after }: RuleChange): string[] {
  return [topic, before?.value ?? '–', after?.value ?? '–', after?.source ?? before?.source ?? ''];
}

/** `sos rules diff D1 D2`: what changed between two days. */
export async function diffRules(
  context: CommandContext,
  days: readonly string[],
  options: RulesOptions,
): Promise<void> {
  const [first, second] = days;
  if (first === undefined || second === undefined || days.length !== 2)
    throw new AppError('SOS_INPUT', `expected two days, found ${days.length}`);
  const [before, after] = [dayOf('the first day', first), dayOf('the second day', second)];
  const { rulebook, underlying } = await lawBook(context, options);
  const changes = rulebook.rulesDiff(before, after, underlying);
  if (options.json === true) return context.print(JSON.stringify(changes, null, 2));
  noteReview(context, rulebook, after);
  if (changes.length === 0) return context.print(`no rule of ${underlying} differs between ${before} and ${after}`);
  context.print(
    renderTable([{ name: 'Rule' }, { name: before }, { name: after }, { name: 'Source' }], changes.map(changeRow)),
  );
}
