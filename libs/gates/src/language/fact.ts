import type { Span } from './expression-error.js';

/** Bounds that a condition puts on one quantity, or the labels it admits (a bit mask). */
export type Fact =
  | {
      readonly kind: 'bounds';
      /** Equal for equal quantities: a node, or the difference of two nodes. */
      readonly key: string;
      readonly low: number;
      readonly lowOpen: boolean;
      readonly high: number;
      readonly highOpen: boolean;
      readonly span: Span;
    }
  | { readonly kind: 'labels'; readonly key: string; readonly mask: number; readonly span: Span };

/** A fact together with the place of the condition it comes from. */
export interface PlacedFact {
  readonly fact: Fact;
  readonly path: string;
  readonly text: string;
}

type Bounds = Extract<Fact, { kind: 'bounds' }>;

function excludes(a: Bounds, b: Bounds): boolean {
  const above = (x: Bounds, y: Bounds): boolean =>
    x.low > y.high || (x.low === y.high && (x.lowOpen || y.highOpen) && Number.isFinite(x.low));
  return above(a, b) || above(b, a);
}

function contradicts(a: Fact, b: Fact): boolean {
  if (a.key !== b.key) return false;
  if (a.kind === 'bounds' && b.kind === 'bounds') return excludes(a, b);
  return a.kind === 'labels' && b.kind === 'labels' && (a.mask & b.mask) === 0;
}

/** Pairs of facts of one conjunction that cannot hold together: for each fact, the first earlier one it contradicts. */
export function findContradictions(facts: readonly PlacedFact[]): { earlier: PlacedFact; later: PlacedFact }[] {
  const found: { earlier: PlacedFact; later: PlacedFact }[] = [];
  for (const [index, later] of facts.entries()) {
    const earlier = facts.slice(0, index).find((other) => contradicts(other.fact, later.fact));
    if (earlier !== undefined) found.push({ earlier, later });
  }
  return found;
}
