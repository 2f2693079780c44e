import type { Bias } from '@sos/domain';
import type { GateFile } from '../gate-file/gate-schema.js';
import { parseSeedExpression } from './parse-seed-expression.js';
import type { SeedFile, SeedPhase } from './seed-file.js';
import { LABEL_NAMES, camelCase } from './seed-names.js';
import type { SeedNotes } from './seed-notes.js';
import type { Piece, SeedScope } from './seed-scope.js';
import type { SeedSyntax } from './seed-syntax.js';
import { translateSeed } from './translate-seed.js';

type Path = readonly PropertyKey[];
type Phase = { -readonly [K in keyof GateFile['phases'][number]]: GateFile['phases'][number][K] };

/** Bars that a wait without end may last. */
const DEFAULT_WAIT = 15;
const COMMON_FILTER: Readonly<Record<Bias, readonly string[]>> = {
  bullish: ['chain.smartTrend in [LONG_BUILDUP, SHORT_COVERING, NEUTRAL]', 'chain.pcr > 0.8'],
  bearish: ['chain.smartTrend in [SHORT_BUILDUP, LONG_UNWINDING, NEUTRAL]', 'chain.pcr < 1.2'],
};

function namesIn(syntax: SeedSyntax): string[] {
  switch (syntax.kind) {
    case 'name':
      return [syntax.name];
    case 'call':
      return [`${syntax.name}()`, ...syntax.args.flatMap(namesIn)];
    case 'list':
      return syntax.items.flatMap(namesIn);
    case 'negate':
    case 'not':
      return namesIn(syntax.arg);
    case 'and':
    case 'or':
    case 'arithmetic':
    case 'compare':
    case 'in':
      return [...namesIn(syntax.left), ...namesIn(syntax.right)];
    default:
      return [];
  }
}

function conjuncts(syntax: SeedSyntax): SeedSyntax[] {
  return syntax.kind === 'and' ? [...conjuncts(syntax.left), ...conjuncts(syntax.right)] : [syntax];
}

/** Translates the phases of a seed file in their order. */
export class PhaseImporter {
  readonly captured = new Map<string, Piece['unit']>();
  /** Where each part of the new gate stood in the seed's file, by path text such as `phases.0.when.1`. */
  readonly origins = new Map<string, Path>();
  readonly #file: SeedFile;
  readonly #notes: SeedNotes;
  #filter: string[] = [];

  constructor(file: SeedFile, notes: SeedNotes) {
    this.#file = file;
    this.#notes = notes;
  }

  scope(path: Path, place: SeedScope['place']): SeedScope {
    return { place, captured: this.captured, repair: (kind, message) => this.#notes.repair(path, kind, message) };
  }

  import(bias: Bias): { readonly filter: string[]; readonly phases: Phase[] } {
    const { phases } = this.#file;
    const first = phases[0] as SeedPhase;
    const hasFilter = phases.length > 1 && this.#isChainOnly(first);
    const moved = hasFilter ? this.#importFilter(first) : {};
    if (!hasFilter) {
      this.#filter = [...COMMON_FILTER[bias]];
      this.#notes.repair(['phases'], 'filter', 'no phase asks the option chain: the common filter is added');
    }
    const rest = hasFilter ? phases.slice(1) : phases;
    const made: Phase[] = [];
    for (const [i, phase] of rest.entries()) {
      const from = ['phases', i + (hasFilter ? 1 : 0)];
      const whole = i === 0 ? { ...phase, capture: { ...moved, ...phase.capture } } : phase;
      const imported = this.#importPhase(whole, { from, to: made.length });
      if (imported !== null) made.push(imported);
    }
    return { filter: this.#filter, phases: made };
  }

  #isChainOnly(phase: SeedPhase): boolean {
    const names = phase.conditions.flatMap((text) => {
      try {
        return namesIn(parseSeedExpression(text));
      } catch {
        // A condition that cannot be read is reported when the phase is translated.
        return ['unreadable()'];
      }
    });
    return names.length > 0 && names.every((name) => name.startsWith('sentiment.'));
  }

  #importFilter(phase: SeedPhase): Record<string, string> {
    const path = ['phases', 0];
    this.#filter = this.#conditions(phase, path);
    for (const [i] of this.#filter.entries()) this.origins.set(`filter.${i}`, [...path, 'conditions']);
    this.#notes.repair(
      path,
      'filter',
      `phase ${phase.id} was asked once: now the filter, asked when the gate arms and again at the trigger`,
    );
    return { ...phase.capture };
  }

  #importPhase(phase: SeedPhase, { from, to }: { from: Path; to: number }): Phase | null {
    const when = this.#conditions(phase, from);
    for (const [i] of when.entries()) this.origins.set(`phases.${to}.when.${i}`, [...from, 'conditions']);
    const capture = this.#captures(phase, { from, to });
    if (when.length === 0 && Object.keys(capture).length === 0) {
      this.#notes.repair(from, 'dropped', `phase ${phase.id} has no conditions and keeps nothing: left out`);
      return null;
    }
    if (when.length === 0) this.#notes.problem(from, `phase ${phase.id} has no conditions to be true when it captures`);
    const made: Phase = { id: this.#phaseId(phase.id, from), when };
    if (Object.keys(capture).length > 0) made.capture = capture;
    if (to === 0 && (phase.timeout ?? 0) > 0)
      this.#notes.repair(from, 'timeout', `phase ${phase.id} is now the first one, which waits as long as it takes`);
    const timeout = to === 0 ? null : this.#timeout(phase, from);
    if (timeout !== null) made.timeout = timeout;
    return made;
  }

  #phaseId(id: string, path: Path): string {
    const name =
      id
        .toUpperCase()
        .replace(/[^A-Z0-9]+/g, '_')
        .replace(/^[^A-Z]+/, '')
        .slice(0, 40) || 'PHASE';
    if (name !== id) this.#notes.repair([...path, 'id'], 'name', `phase "${id}" is now ${name}`);
    return name;
  }

  #timeout({ timeout, id }: SeedPhase, path: Path): Phase['timeout'] {
    if (timeout !== undefined && timeout !== null && timeout > 0) return { bars: Math.max(1, Math.round(timeout)) };
    this.#notes.repair(path, 'timeout', `phase ${id} waited for ever, across days: now ${DEFAULT_WAIT} bars`);
    return { bars: DEFAULT_WAIT };
  }

  #conditions(phase: SeedPhase, path: Path): string[] {
    return phase.conditions.flatMap((text, i) => {
      const at = [...path, 'conditions', i];
      return this.#notes.attempt(at, () => this.#condition(text, at)) ?? [];
    });
  }

  #condition(text: string, at: Path): string[] {
    const scope = this.scope(at, 'condition');
    return conjuncts(parseSeedExpression(text)).flatMap((part) => {
      if (part.kind === 'truth' && part.value) {
        scope.repair('dropped', 'a condition that is always true decides nothing: left out');
        return [];
      }
      const piece = translateSeed(part, scope);
      if (piece.unit === 'boolean') return [piece.text];
      this.#notes.problem(at, 'expected a condition, found a value', { offset: part.at });
      return [];
    });
  }

  #captures(phase: SeedPhase, { from, to }: { from: Path; to: number }): Record<string, string> {
    const made: Record<string, string> = {};
    const before = new Set(this.captured.keys());
    for (const [name, text] of Object.entries(phase.capture ?? {})) {
      const at = [...from, 'capture', name];
      const piece = this.#notes.attempt(at, () => this.#capture(text, at, before));
      if (piece === null) continue;
      const key = camelCase(name);
      if (key !== name) this.#notes.repair(at, 'name', `vars.${name} is now captured.${key}`);
      made[key] = piece.text;
      this.captured.set(name, piece.unit);
      this.origins.set(`phases.${to}.capture.${key}`, at);
    }
    return made;
  }

  #capture(text: string, at: Path, before: ReadonlySet<string>): Piece {
    const syntax = parseSeedExpression(text);
    const names = namesIn(syntax);
    const isLate = names.some((name) => name.startsWith('vars.') && !before.has(name.slice('vars.'.length)));
    if (isLate)
      this.#notes.repair(at, 'capture', 'values captured in one phase could not see each other: now they can');
    if (names.some((name) => LABEL_NAMES[name] !== undefined))
      this.#notes.repair(at, 'capture', 'captured texts were thrown away: labels are now kept');
    return translateSeed(syntax, this.scope(at, 'capture'));
  }
}
