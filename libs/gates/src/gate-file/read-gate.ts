import { didYouMean } from '@sos/domain';
import type { z } from 'zod';
import { gateJsonSchema, gateSchema, type GateFile } from './gate-schema.js';
import { GateSource, type GateProblem } from './gate-problem.js';
import { JsonSyntaxError, lineColumn, nodeAt, readJson } from './json-position.js';

/** A gate file as it was read from wherever it lives; `path` is shown in messages. */
export interface GateText {
  readonly path: string;
  readonly text: string;
}

export type ReadGate =
  /** Usable when there are no problems; otherwise good enough to check its expressions. */
  | { readonly file: GateFile; readonly source: GateSource; readonly problems: readonly GateProblem[] }
  | { readonly file: null; readonly problems: readonly GateProblem[] };

type SchemaNode = Record<string, unknown>;

function isSchemaNode(value: unknown): value is SchemaNode {
  return typeof value === 'object' && value !== null;
}

function keysAt(path: readonly PropertyKey[]): string[] {
  let node: unknown = gateJsonSchema();
  for (const step of path) {
    if (!isSchemaNode(node)) return [];
    const { properties, additionalProperties, items } = node;
    const named = isSchemaNode(properties) ? properties[String(step)] : undefined;
    node = typeof step === 'number' ? items : (named ?? additionalProperties);
  }
  return isSchemaNode(node) && isSchemaNode(node['properties']) ? Object.keys(node['properties']) : [];
}

function foundText(source: GateSource, path: readonly PropertyKey[]): string {
  const { value } = nodeAt(source.root, path);
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

function schemaProblems(issue: z.core.$ZodIssue, source: GateSource): GateProblem[] {
  const { path } = issue;
  if (issue.code === 'unrecognized_keys') {
    const known = keysAt(path);
    return issue.keys.map((key) =>
      source.problem({
        path,
        key,
        rule: 'unknown-key',
        message: `unknown key "${key}"${HINTS[key] ?? didYouMean(key, known)}`,
      }),
    );
  }
  const parent = nodeAt(source.root, path.slice(0, -1));
  const last = path.at(-1);
  if (typeof last === 'string' && parent.members !== undefined && !parent.members.has(last))
    return [source.problem({ path: path.slice(0, -1), rule: 'schema', message: `missing key "${last}"` })];
  const message = `${issue.message}, found ${foundText(source, path)}`;
  return [source.problem({ path, rule: 'schema', message: message.replace(/^Invalid input: /, '') })];
}

const HINTS: Readonly<Record<string, string>> = {
  side: ' (a gate has a bias; which side is bought follows from it)',
  pattern_id: ' (a file of the first seed; the key is now id)',
  regime_config: ' (a file of the first seed; the key is now regimes)',
  execution: ' (a file of the first seed; see levels, option and exits)',
};

// Stand-ins for parts that no expression depends on, so that the expressions of a file are checked even when such a part is wrong.
const STAND_INS: Readonly<Record<string, unknown>> = {
  $schema: '-',
  version: 1,
  title: '-',
  description: '-',
  origin: '-',
  priority: 0,
  option: { moneyness: 'ATM', expiry: 'nearest' },
  session: { entryFrom: '09:15', entryTo: '15:30' },
  exits: { timeMinutes: 30, breakEvenAt: null },
};

function withoutKeys(value: unknown, path: readonly PropertyKey[], keys: readonly string[]): unknown {
  if (!isSchemaNode(value)) return value;
  const [step, ...rest] = path;
  if (step === undefined) return Object.fromEntries(Object.entries(value).filter(([key]) => !keys.includes(key)));
  if (Array.isArray(value)) return value.map((item: unknown, i) => (i === step ? withoutKeys(item, rest, keys) : item));
  return { ...value, [step]: withoutKeys(value[String(step)], rest, keys) };
}

/** The file with its lesser faults put aside, or null when it is too broken to check its expressions. */
function checkablePart(value: unknown, issues: readonly z.core.$ZodIssue[]): GateFile | null {
  let part = value;
  for (const issue of issues) {
    const top = String(issue.path[0]);
    if (issue.code === 'unrecognized_keys') part = withoutKeys(part, issue.path, issue.keys);
    else if (top in STAND_INS && isSchemaNode(part)) part = { ...part, [top]: STAND_INS[top] };
    else return null;
  }
  const parsed = gateSchema.safeParse(part);
  return parsed.success ? parsed.data : null;
}

/** Reads one gate file: JSON, then schema; every problem of the file is reported at once. */
export function readGate({ path, text }: GateText): ReadGate {
  let root;
  try {
    root = readJson(text);
  } catch (error) {
    if (!(error instanceof JsonSyntaxError)) throw error;
    const place = lineColumn(text, error.at);
    const fixed = { file: path, gate: null, path: '(root)', offset: null, severity: 'error', rule: 'json' } as const;
    return { file: null, problems: [{ ...fixed, ...place, message: error.message }] };
  }
  const source = new GateSource(path, text, root);
  const parsed = gateSchema.safeParse(root.value);
  if (parsed.success) return { file: parsed.data, source, problems: [] };
  const { issues } = parsed.error;
  const problems = issues.flatMap((issue) => schemaProblems(issue, source));
  const file = checkablePart(root.value, issues);
  return file === null ? { file, problems } : { file, source, problems };
}
