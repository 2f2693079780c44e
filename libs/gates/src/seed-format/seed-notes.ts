import type { GateProblem, GateSource } from '../gate-file/gate-problem.js';
import { lineColumn, nodeAt, pathText } from '../gate-file/json-position.js';
import { ExpressionError } from '../language/expression-error.js';
import type { SeedRepairKind } from './seed-scope.js';

/** One thing that was put right while a strategy file of the first seed was converted. */
export interface SeedRepair {
  readonly file: string;
  /** JSON path in the seed's file. */
  readonly path: string;
  /** From 1. */
  readonly line: number;
  /** From 1. */
  readonly column: number;
  readonly kind: SeedRepairKind;
  /** What was there and what it became. */
  readonly message: string;
}

type Path = readonly PropertyKey[];

/** Collects what was repaired and what could not be translated, with places in the seed's file. */
export class SeedNotes {
  readonly repairs: SeedRepair[] = [];
  readonly problems: GateProblem[] = [];
  readonly #source: GateSource;
  readonly #gate: string | null;

  constructor(source: GateSource, gate: string | null) {
    this.#source = source;
    this.#gate = gate;
  }

  repair(path: Path, kind: SeedRepairKind, message: string): void {
    const place = lineColumn(this.#source.text, nodeAt(this.#source.root, path).at);
    const repair = { file: this.#source.file, path: pathText(path), ...place, kind, message };
    if (!this.repairs.some((other) => other.path === repair.path && other.message === message))
      this.repairs.push(repair);
  }

  problem(
    path: Path,
    message: string,
    detail: { rule?: string; offset?: number; severity?: 'error' | 'warning' } = {},
  ): void {
    const { rule = 'untranslatable', ...rest } = detail;
    this.problems.push({ ...this.#source.problem({ path, rule, message, ...rest }), gate: this.#gate });
  }

  /** Runs a translation; what it cannot translate becomes a problem at its place. */
  attempt<T>(path: Path, translate: () => T): T | null {
    try {
      return translate();
    } catch (error) {
      if (!(error instanceof ExpressionError)) throw error;
      this.problem(path, error.message, { offset: error.span.at });
      return null;
    }
  }
}
