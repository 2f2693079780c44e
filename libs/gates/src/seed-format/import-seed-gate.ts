import type { Bias } from '@sos/domain';
import { compileGates } from '../compile/compile-gates.js';
import { GateSource, type GateProblem } from '../gate-file/gate-problem.js';
import type { GateFile } from '../gate-file/gate-schema.js';
import { JsonSyntaxError, lineColumn, readJson } from '../gate-file/json-position.js';
import type { GateText } from '../gate-file/read-gate.js';
import { lintGates } from '../lint/lint-gates.js';
import { formatGate } from './format-gate.js';
import { parseSeedExpression } from './parse-seed-expression.js';
import { READ_KEYS, seedFileSchema, type SeedFile } from './seed-file.js';
import { SeedNotes, type SeedRepair } from './seed-notes.js';
import { importOption } from './seed-option.js';
import { PhaseImporter } from './seed-phases.js';
import { importRegimes } from './seed-regimes.js';
import { translateSeed } from './translate-seed.js';

/** What became of one strategy file of the first seed. */
export interface SeedImport {
  readonly file: string;
  /** Id of the gate, null when the file is too broken to tell. */
  readonly id: string | null;
  /** The gate file in our format, formatted; null when anything could not be translated: nothing is written half. */
  readonly text: string | null;
  /** What was put right, in the order of the file. */
  readonly repairs: readonly SeedRepair[];
  /** What could not be translated, and warnings of the lint on what was; places are in the seed's file. */
  readonly problems: readonly GateProblem[];
}

/** Choices of an import. */
export interface SeedImportOptions {
  /** What the new file names as its `$schema`; default `./gate.schema.json`. */
  readonly schema?: string;
}

type Path = readonly PropertyKey[];
type Gate = { -readonly [K in keyof GateFile]: GateFile[K] };

function broken(file: GateText, problems: readonly GateProblem[]): SeedImport {
  return { file: file.path, id: null, text: null, repairs: [], problems };
}

function jsonProblem(file: GateText, error: JsonSyntaxError): GateProblem {
  const place = lineColumn(file.text, error.at);
  const fixed = { gate: null, path: '(root)', offset: null, severity: 'error', rule: 'json' } as const;
  return { file: file.path, ...fixed, ...place, message: error.message };
}

function idOf({ pattern_id: given }: SeedFile, notes: SeedNotes): string {
  const id = given
    .toUpperCase()
    .replace(/[^A-Z0-9]+/g, '_')
    .replace(/^[^A-Z]+|_+$/g, '')
    .slice(0, 60);
  if (id.length < 3) notes.problem(['pattern_id'], `expected a name of at least 3 letters, found "${given}"`);
  else if (id !== given) notes.repair(['pattern_id'], 'name', `"${given}" is now ${id}`);
  return id;
}

const titleOf = (id: string): string => {
  const words = id.toLowerCase().replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
};

function noteIdleKeys(file: SeedFile, notes: SeedNotes): void {
  const note = (value: object, path: Path, known: readonly string[]): void => {
    for (const key of Object.keys(value))
      if (!known.includes(key)) notes.repair([...path, key], 'dropped', `nothing read "${key}": left out`);
  };
  note(file, [], READ_KEYS.file);
  note(file.execution, ['execution'], READ_KEYS.execution);
  for (const [i, phase] of file.phases.entries()) note(phase, ['phases', i], READ_KEYS.phase);
  for (const [name, row] of Object.entries(file.regime_config ?? {}))
    note(row, ['regime_config', name], READ_KEYS.regime);
}

function importLevels(file: SeedFile, phases: PhaseImporter, notes: SeedNotes): GateFile['levels'] {
  const level = (key: 'entry' | 'sl' | 'tp', place: 'entry' | 'stop' | 'target'): string => {
    const path = ['execution', key];
    phases.origins.set(`levels.${place}`, path);
    const translate = (): string =>
      translateSeed(parseSeedExpression(file.execution[key]), phases.scope(path, place)).text;
    return notes.attempt(path, translate) ?? 'close';
  };
  return { entry: level('entry', 'entry'), stop: level('sl', 'stop'), target: level('tp', 'target') };
}

function buildGate(
  file: SeedFile,
  {
    notes,
    phases,
    options,
  }: { notes: SeedNotes; phases: PhaseImporter; options: SeedImportOptions & { from: string } },
): Gate {
  const bias: Bias = file.execution.side === 'BUY' ? 'bullish' : 'bearish';
  noteIdleKeys(file, notes);
  const id = idOf(file, notes);
  const regimes = importRegimes(file, bias, notes);
  const steps = phases.import(bias);
  const levels = importLevels(file, phases, notes);
  notes.repair(
    ['execution'],
    'session',
    'entries were allowed until 15:29 and stayed open: now 09:20 to 15:00, closed after 30 minutes',
  );
  return {
    $schema: options.schema ?? './gate.schema.json',
    id,
    version: 1,
    title: titleOf(id).slice(0, 80),
    description:
      (file.description ?? `Imported from ${file.pattern_id} of the first seed.`).slice(0, 1500) || titleOf(id),
    origin: `imported from ${options.from}`.slice(0, 120),
    bias,
    priority: 100,
    option: importOption(file, bias, notes),
    session: { entryFrom: '09:20', entryTo: '15:00' },
    filter: steps.filter,
    regimes,
    phases: steps.phases,
    levels,
    exits: { timeMinutes: 30, breakEvenAt: 0.5 },
  };
}

// The path of a problem of the new gate, back to where it came from in the seed's file.
function originOf(path: string, origins: ReadonlyMap<string, Path>): Path {
  const key = path.replace(/\[(\d+)\]/g, '.$1');
  return origins.get(key) ?? [];
}

// A capture that was read only by another unread capture falls with it.
function withoutIdleCaptures(gate: Gate, notes: SeedNotes, origins: ReadonlyMap<string, Path>): Gate {
  for (;;) {
    const [compiled] = compileGates([{ path: gate.id, text: formatGate(gate) }]).gates.gates;
    const idle = new Set(compiled?.unusedCaptures ?? []);
    if (idle.size === 0) return gate;
    const phases = gate.phases.map((phase, i) => {
      const kept = Object.entries(phase.capture ?? {}).filter(([name]) => !idle.has(name));
      for (const name of Object.keys(phase.capture ?? {}))
        if (idle.has(name))
          notes.repair(
            origins.get(`phases.${i}.capture.${name}`) ?? [],
            'dropped',
            `nothing reads captured.${name}: left out`,
          );
      const { id, when, timeout } = phase;
      const capture = kept.length === 0 ? {} : { capture: Object.fromEntries(kept) };
      return { id, when, ...capture, ...(timeout === undefined ? {} : { timeout }) };
    });
    gate = { ...gate, phases };
  }
}

function convert(
  file: GateText,
  seed: SeedFile,
  { source, options }: { source: GateSource; options: SeedImportOptions },
): SeedImport {
  const notes = new SeedNotes(source, seed.pattern_id);
  const phases = new PhaseImporter(seed, notes);
  const from = file.path.split(/[\\/]/).at(-1) ?? file.path;
  const whole = buildGate(seed, { notes, phases, options: { ...options, from } });
  const done = (text: string | null): SeedImport => {
    const { repairs, problems } = notes;
    return { file: file.path, id: whole.id, text, repairs, problems };
  };
  if (notes.problems.length > 0) return done(null);
  const gate = withoutIdleCaptures(whole, notes, phases.origins);
  const text = formatGate(gate);
  const { gates, problems } = compileGates([{ path: file.path, text }]);
  for (const { path, message, rule, severity } of [...problems, ...lintGates(gates)])
    notes.problem(originOf(path, phases.origins), `${path} of the new gate: ${message}`, { rule, severity });
  return done(problems.length > 0 ? null : text);
}

/**
 * Converts one strategy file of the first seed (`pattern_id`, `regime_config`, `phases`, `execution`; seed-systems.md §2) into a gate file of SOS, and lists what
 * it put right. The same file gives the same text each time. Reads and writes no file itself; nothing is thrown for a bad file.
 */
export function importSeedGate(file: GateText, options: SeedImportOptions = {}): SeedImport {
  let root;
  try {
    root = readJson(file.text);
  } catch (error) {
    if (!(error instanceof JsonSyntaxError)) throw error;
    return broken(file, [jsonProblem(file, error)]);
  }
  const source = new GateSource(file.path, file.text, root);
  const parsed = seedFileSchema.safeParse(root.value);
  if (parsed.success) return convert(file, parsed.data, { source, options });
  const problems = parsed.error.issues.map(({ path, message }) =>
    source.problem({ path, rule: 'schema', message: `not a strategy file of the first seed: ${message}` }),
  );
  return broken(file, problems);
}
