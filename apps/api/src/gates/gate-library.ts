import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { GateCard, GatePhase, GateProblemView } from '@sos/contracts';
import { AppError, didYouMean } from '@sos/domain';
import {
  compileGates,
  gateProblemsError,
  lintGates,
  type CompiledGate,
  type CompiledGates,
  type GateText,
} from '@sos/gates';

/** The gates of the strategies folder. */
export interface GateLibrary {
  /** All of them, extras among them. */
  readonly cards: readonly GateCard[];
  /** Compiled: the named ones, or without names those that are no extras. @throws SOS_UNKNOWN_GATE */
  compiled(ids?: readonly string[]): CompiledGates;
  /** The texts of the same gates: part of a run's configuration hash. */
  texts(ids?: readonly string[]): readonly string[];
}

// Beside the gates stand their JSON Schema and the goldens of their decisions.
const isGateFile = (name: string): boolean => /^[^.].*\.json$/.test(name) && !/\.(schema|golden)\.json$/.test(name);
const EXTRAS = 'extras';

async function filesIn(folder: string, prefix = ''): Promise<GateText[]> {
  const names = await readdir(folder).catch(() => []);
  const wanted = names.filter(isGateFile).sort();
  return Promise.all(
    wanted.map(async (name) => ({ path: prefix + name, text: await readFile(path.join(folder, name), 'utf8') })),
  );
}

function limitOf({ timeoutBars, timeoutMinutes }: CompiledGate['phases'][number]): string {
  const parts = [timeoutBars > 0 ? `${timeoutBars} bars` : '', timeoutMinutes > 0 ? `${timeoutMinutes} minutes` : ''];
  const text = parts.filter((p) => p !== '').join(' or ');
  return text === '' ? '' : `within ${text}`;
}

function phaseOf(phase: CompiledGate['phases'][number]): GatePhase {
  return {
    id: phase.id,
    when: phase.when.map((c) => c.text),
    captures: phase.captures.map((c) => c.name),
    limit: `${limitOf(phase)}${phase.sameBar ? ', on the same bar' : ''}`,
  };
}

function cardOf({ file, profile, filter, phases }: CompiledGate, text: GateText): GateCard {
  const right = profile.bias === 'bullish' ? 'CE' : 'PE';
  return {
    id: profile.id,
    file: text.path,
    title: file.title,
    description: file.description,
    origin: file.origin,
    bias: profile.bias,
    option: `${file.option.moneyness} ${right} of the ${file.option.expiry} expiry`,
    session: `${file.session.entryFrom}–${file.session.entryTo}`,
    priority: profile.priority,
    timeExitMinutes: profile.timeExitMinutes,
    isExtra: text.path.startsWith(`${EXTRAS}/`),
    filter: filter.map((c) => c.text),
    phases: phases.map(phaseOf),
    levels: file.levels,
    text: text.text,
  };
}

/** Problems of one text as a gate: defects, and what is legal but cannot be meant. */
export function checkGate(text: string): GateProblemView[] {
  const { gates, problems } = compileGates([{ path: 'gate.json', text }]);
  return [...problems, ...lintGates(gates)].map(({ path: at, line, column, severity, rule, message }) => ({
    path: at,
    line,
    column,
    severity,
    rule,
    message,
  }));
}

/**
 * Reads the strategies folder and its `extras`.
 * @throws SOS_CONFIG when there is no gate, SOS_GATE_INVALID when one has an error: a gate is never silently left out
 */
export async function openGateLibrary(folder: string): Promise<GateLibrary> {
  const files = [...(await filesIn(folder)), ...(await filesIn(path.join(folder, EXTRAS), `${EXTRAS}/`))];
  if (files.length === 0) throw new AppError('SOS_CONFIG', `expected gate files (*.json) in ${folder}, found none`);
  const { gates, problems } = compileGates(files);
  const errors = problems.filter((p) => p.severity === 'error');
  if (errors.length > 0) throw gateProblemsError(errors);
  const textOf = new Map(files.map((f) => [f.path, f]));
  const cards = gates.gates
    .map((gate) => cardOf(gate, textOf.get(gate.source.file) ?? { path: gate.source.file, text: gate.source.text }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  return new Library(cards);
}

class Library implements GateLibrary {
  readonly cards: readonly GateCard[];
  readonly #compiled = new Map<string, CompiledGates>();

  constructor(cards: readonly GateCard[]) {
    this.cards = cards;
  }

  compiled(ids: readonly string[] = []): CompiledGates {
    const key = ids.join(',');
    const known = this.#compiled.get(key);
    if (known !== undefined) return known;
    const { gates } = compileGates(this.#chosen(ids).map(({ file, text }) => ({ path: file, text })));
    this.#compiled.set(key, gates);
    return gates;
  }

  texts(ids: readonly string[] = []): readonly string[] {
    return this.#chosen(ids).map((c) => c.text);
  }

  #chosen(ids: readonly string[]): readonly GateCard[] {
    if (ids.length === 0) return this.cards.filter((c) => !c.isExtra);
    const known = new Map(this.cards.map((c) => [c.id, c]));
    return ids.map((id) => {
      const card = known.get(id);
      if (card !== undefined) return card;
      throw new AppError('SOS_UNKNOWN_GATE', `expected the id of a gate, found "${id}"${didYouMean(id, known.keys())}`);
    });
  }
}
