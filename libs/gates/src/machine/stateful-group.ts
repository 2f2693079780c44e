import type { Evaluator } from './evaluator.js';

/** Values with memory of one kind and level, brought up to date together once per bar. */
export interface StatefulGroup {
  step(evaluator: Evaluator): void;
  /** A session begins: whatever is anchored to the session starts anew. */
  openSession(): void;
}
