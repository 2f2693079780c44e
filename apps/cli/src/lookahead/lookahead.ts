import { findLookahead, type LookaheadFinding, type LookaheadReport } from '@sos/backtester';
import { AppError, formatIst } from '@sos/domain';
import type { CommandContext } from '../commands/command-context.js';
import { eachHonestDay, type HonestyOptions } from './honest-days.js';

/** Options of `sos lookahead` as given. */
export interface LookaheadCommandOptions extends HonestyOptions {
  readonly cuts: string;
  readonly thorough?: boolean;
}

const grouped = (count: number): string => count.toLocaleString('en-IN');

function cutsOf(text: string): number {
  const cuts = Number(text);
  if (/^\d+$/.test(text) && cuts <= 1000) return cuts;
  throw new AppError('SOS_INPUT', `expected --cuts as a whole number from 0 to 1000, found "${text}"`);
}

function findingLines(finding: LookaheadFinding): string[] {
  const { underlying, date, time, how, channels, expected, found } = finding;
  const where = channels.length === 0 ? '' : `, leaks from: ${channels.join(', ')}`;
  const when = time === null ? `${date}, totals of the day` : formatIst(time);
  return [
    `${underlying} ${when}: a decision depends on what was not known yet (future ${how}${where})`,
    `    with the real future:  ${expected ?? 'nothing decided'}`,
    `    with another future:   ${found ?? 'nothing decided'}`,
  ];
}

function show(
  context: CommandContext,
  { reports, data, gates }: { reports: readonly LookaheadReport[]; data: string; gates: number },
): void {
  const { print, palette } = context;
  for (const { underlying, date, instants, decisions, findings } of reports) {
    const verdict = findings.length === 0 ? palette.gain('clean') : palette.error(`${findings.length} findings`);
    print(`${underlying} ${date}  ${grouped(instants)} instants  ${grouped(decisions)} log lines  ${verdict}`);
    for (const finding of findings) for (const line of findingLines(finding)) print(line);
  }
  const sum = (of: (report: LookaheadReport) => number): number =>
    reports.reduce((total, report) => total + of(report), 0);
  const findings = sum((report) => report.findings.length);
  const verdict = findings === 0 ? 'no decision depends on the future' : `${findings} decisions depend on the future`;
  const size = `${reports.length} sessions, ${grouped(sum((r) => r.instants))} instants, ${grouped(sum((r) => r.decisions))} log lines of ${gates} gates`;
  print(`[data: ${data}] ${size}: ${verdict}`);
}

/** `sos lookahead`: replays days with adversarial futures and compares every decision; exit code 1 when one differs. */
export async function lookahead(context: CommandContext, options: LookaheadCommandOptions): Promise<void> {
  const cuts = cutsOf(options.cuts);
  const fillings = options.thorough === true ? (['soar', 'crash', 'unknown'] as const) : (['soar', 'crash'] as const);
  const { plan, results } = await eachHonestDay(context, options, {
    title: 'Look-ahead',
    history: (declared) => declared,
    work: (day, { setup }) => findLookahead(day, setup, { cuts, fillings, seed: Number(options.seed) }),
  });
  const gates = plan.gates.gates.map(({ profile }) => profile.id);
  if (results.some(({ findings }) => findings.length > 0)) context.exitWith(1);
  if (options.json === true)
    return context.print(JSON.stringify({ data: plan.data, gates, sessions: results }, null, 2));
  show(context, { reports: results, data: plan.data, gates: gates.length });
}
