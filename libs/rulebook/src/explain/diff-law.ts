import type { RuleFact } from './law-of-day.js';

/** One rule that differs between two days; null = there was no such rule. */
export interface RuleChange {
  readonly topic: string;
  readonly before: RuleFact | null;
  readonly after: RuleFact | null;
}

/** Rules whose value changed, by topic. */
export function diffFacts(before: readonly RuleFact[], after: readonly RuleFact[]): RuleChange[] {
  const earlier = new Map(before.map((f) => [f.topic, f]));
  const later = new Map(after.map((f) => [f.topic, f]));
  const topics = [...new Set([...earlier.keys(), ...later.keys()])].sort();
  return topics
    .map((topic) => ({ topic, before: earlier.get(topic) ?? null, after: later.get(topic) ?? null }))
    .filter((c) => c.before?.value !== c.after?.value);
}
