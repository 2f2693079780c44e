import type { Evaluated, GateEvaluation } from './gate-evaluation.js';
import type { ExplainingSource } from './explaining-source.js';

/** How often one thing stopped a gate. */
export interface StopCount {
  readonly stage: string;
  readonly text: string;
  /** Bars on which it was false, and on which it could not be evaluated for lack of data. */
  readonly failed: number;
  readonly unknown: number;
}

/** Why one gate stayed out over a day. */
export interface WhyNotReport {
  readonly gate: string;
  readonly evaluations: number;
  readonly signals: number;
  /** Furthest phase in which it waited, and how many it has. */
  readonly furthest: string;
  readonly furthestPhase: number;
  readonly phases: number;
  /** What stopped it, most often first. */
  readonly stops: readonly StopCount[];
  /** The bar at which it came nearest: in its furthest phase, with the fewest conditions missing, by the least. Null when it never was asked a condition. */
  readonly nearest: GateEvaluation | null;
}

interface Tally {
  evaluations: number;
  signals: number;
  phase: number;
  readonly stops: Map<string, { stage: string; text: string; failed: number; unknown: number }>;
  nearest: GateEvaluation | null;
  score: number;
}

/** Conditions that were missing, and by how much of their threshold; smaller is nearer. */
function scoreOf({ conditions, regimeAllows }: GateEvaluation): number {
  let score = regimeAllows ? 0 : 10;
  for (const { passes, tests } of conditions) {
    if (passes === true) continue;
    const shares = tests
      .filter((test) => test.passes === false && Number.isFinite(test.distance))
      .map(({ distance, threshold }) => Math.abs(distance) / Math.max(Math.abs(threshold), 1e-9));
    score += 1 + Math.min(0.99, shares.length === 0 ? 0.99 : Math.max(...shares));
  }
  return score;
}

/** Adds up why gates stayed out, evaluation by evaluation. */
export class WhyNot {
  readonly #tallies = new Map<number, Tally>();

  /** Give it as `observe` to an `ExplainingSource`. */
  readonly observe = (evaluated: Evaluated, source: ExplainingSource): void => {
    const tally = this.#tally(evaluated.gate);
    const { outcome, stop, phase } = evaluated;
    tally.evaluations++;
    if (outcome === 'fired') tally.signals++;
    if (stop !== null) this.#count(tally, stop);
    if (stop === null || phase < tally.phase) return;
    if (phase > tally.phase) tally.score = Number.POSITIVE_INFINITY;
    tally.phase = phase;
    const described = source.describe(evaluated);
    const score = scoreOf(described);
    if (score >= tally.score) return;
    tally.score = score;
    tally.nearest = described;
  };

  /** Gates that came nearest to a signal first. */
  report(source: ExplainingSource, phasesOf: (gate: string) => readonly string[]): WhyNotReport[] {
    const reports = source.gates.map(({ id }, gate) => {
      const { evaluations, signals, phase, stops, nearest, score } = this.#tally(gate);
      const ids = phasesOf(id);
      const sorted = [...stops.values()].sort((a, b) => b.failed + b.unknown - (a.failed + a.unknown));
      const about = {
        gate: id,
        evaluations,
        signals,
        furthest: ids[phase] ?? '',
        furthestPhase: phase,
        phases: ids.length,
      };
      return { report: { ...about, stops: sorted, nearest }, near: ids.length - phase, score };
    });
    reports.sort(
      (a, b) =>
        b.report.signals - a.report.signals ||
        a.near - b.near ||
        a.score - b.score ||
        (a.report.gate < b.report.gate ? -1 : 1),
    );
    return reports.map(({ report }) => report);
  }

  #tally(gate: number): Tally {
    const known = this.#tallies.get(gate);
    if (known !== undefined) return known;
    const made: Tally = {
      evaluations: 0,
      signals: 0,
      phase: 0,
      stops: new Map(),
      nearest: null,
      score: Number.POSITIVE_INFINITY,
    };
    this.#tallies.set(gate, made);
    return made;
  }

  #count(tally: Tally, { stage, text, unknown }: { stage: string; text: string; unknown: boolean }): void {
    const key = `${stage} ${text}`;
    const count = tally.stops.get(key) ?? { stage, text, failed: 0, unknown: 0 };
    if (unknown) count.unknown++;
    else count.failed++;
    tally.stops.set(key, count);
  }
}
