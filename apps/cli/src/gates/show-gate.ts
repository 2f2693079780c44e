import { AppError, didYouMean } from '@sos/domain';
import type { CompiledGate } from '@sos/gates';
import type { CommandContext } from '../commands/command-context.js';
import { loadGates } from './load-gates.js';

function timeoutText({ timeoutBars, timeoutMinutes }: CompiledGate['phases'][number]): string {
  const parts = [timeoutBars > 0 ? `${timeoutBars} bars` : '', timeoutMinutes > 0 ? `${timeoutMinutes} minutes` : ''];
  const text = parts.filter((p) => p !== '').join(' or ');
  return text === '' ? '' : `, within ${text}`;
}

function phaseLines(phase: CompiledGate['phases'][number], number: number): string[] {
  const captured = phase.captures.length === 0 ? [] : [`      keeps ${phase.captures.map((c) => c.name).join(', ')}`];
  const sameBar = phase.sameBar ? ', on the same bar' : '';
  return [
    `  ${number + 1}. ${phase.id}${timeoutText(phase)}${sameBar}`,
    ...phase.when.map((c) => `      ${c.text}`),
    ...captured,
  ];
}

function gateLines({ file, profile, filter, phases, warmUpBars }: CompiledGate): string[] {
  const right = profile.bias === 'bullish' ? 'CE' : 'PE';
  const breakEven =
    profile.breakEvenAt === null ? 'never' : `at ${profile.breakEvenAt * 100} % of the way to the target`;
  return [
    `${file.title} (version ${file.version}, ${file.origin})`,
    file.description,
    '',
    `${profile.bias}: buys ${file.option.moneyness} ${right} of the ${file.option.expiry} expiry, entries ${file.session.entryFrom}–${file.session.entryTo}`,
    `closes after ${profile.timeExitMinutes} minutes; break-even stop ${breakEven}; priority ${profile.priority}; warm-up ${warmUpBars} bars`,
    '',
    'The option chain must agree (to arm, and again at the trigger):',
    ...filter.map((c) => `  ${c.text}`),
    'Phases:',
    ...phases.flatMap(phaseLines),
    'Index levels:',
    `  entry  ${file.levels.entry}`,
    `  stop   ${file.levels.stop}`,
    `  target ${file.levels.target}`,
  ];
}

/** `sos gates show`. */
export async function showGate(
  context: CommandContext,
  options: { readonly id: string; readonly json?: boolean },
): Promise<void> {
  const { compiled } = await loadGates(context, { extras: true });
  const gate = compiled.gates.find((g) => g.profile.id === options.id);
  if (gate === undefined) {
    const known = compiled.gates.map((g) => g.profile.id);
    throw new AppError(
      'SOS_UNKNOWN_GATE',
      `expected the id of a gate, found "${options.id}"${didYouMean(options.id, known)}`,
    );
  }
  if (options.json === true) return context.print(JSON.stringify(gate.file, null, 2));
  context.print(context.palette.title(gate.profile.id));
  for (const line of gateLines(gate)) context.print(line);
}
