import { AppError } from '@sos/domain';
import { lineColumn, nodeAt, pathText, type JsonNode } from './json-position.js';

/** One defect of a gate file with its place. */
export interface GateProblem {
  /** Name of the file as it was given. */
  readonly file: string;
  /** Id of the gate, null when the file is too broken to tell. */
  readonly gate: string | null;
  /** JSON path, such as `phases[0].when[1]`. */
  readonly path: string;
  /** From 1. */
  readonly line: number;
  /** From 1. */
  readonly column: number;
  /** Character offset inside the expression; null when the defect is not inside one. */
  readonly offset: number | null;
  readonly severity: 'error' | 'warning';
  /** Stable word for machines: `json`, `schema`, `unknown-key`, `unknown-name`, `unit`, `impossible`, ... */
  readonly rule: string;
  /** What was expected and what was found. */
  readonly message: string;
}

/** `strategies/x.json:12:9 phases[0].when[1]: message`, one line. */
export function formatProblem(problem: GateProblem): string {
  const { file, line, column, path, severity, message, rule } = problem;
  const kind = severity === 'warning' ? 'warning: ' : '';
  return `${file}:${line}:${column} ${path}: ${kind}${message} [${rule}]`;
}

/** All problems as one error: what a command that cannot go on throws. */
export function gateProblemsError(problems: readonly GateProblem[]): AppError {
  const first = problems[0];
  const more = problems.length > 1 ? ` (and ${problems.length - 1} more)` : '';
  const text = first === undefined ? 'expected valid gates' : formatProblem(first);
  return new AppError('SOS_GATE_INVALID', `${text}${more}`, { context: { problems: problems.length } });
}

export interface ProblemAt {
  readonly path: readonly PropertyKey[];
  readonly rule: string;
  readonly message: string;
  readonly severity?: 'error' | 'warning';
  /** Place inside the expression that stands at `path`. */
  readonly offset?: number;
  /** Point at this member's key instead of the value at `path`. */
  readonly key?: string;
}

/** A gate file that is being read: turns paths into places. */
export class GateSource {
  readonly file: string;
  readonly text: string;
  readonly root: JsonNode;

  constructor(file: string, text: string, root: JsonNode) {
    this.file = file;
    this.text = text;
    this.root = root;
  }

  get gate(): string | null {
    const id = this.root.members?.get('id')?.node.value;
    return typeof id === 'string' ? id : null;
  }

  problem(at: ProblemAt): GateProblem {
    const node = nodeAt(this.root, at.path);
    const keyAt = at.key === undefined ? undefined : node.members?.get(at.key)?.keyAt;
    const inside = at.offset === undefined ? undefined : (node.offsets?.[at.offset] ?? node.end - 1);
    const path = at.key === undefined ? at.path : [...at.path, at.key];
    return {
      file: this.file,
      gate: this.gate,
      path: pathText(path),
      ...lineColumn(this.text, keyAt ?? inside ?? node.at),
      offset: at.offset ?? null,
      severity: at.severity ?? 'error',
      rule: at.rule,
      message: at.message,
    };
  }
}
