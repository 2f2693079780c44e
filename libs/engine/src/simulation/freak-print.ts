/** Two premiums nearer than this are never freaks of each other, rupees: near zero every ratio is large. */
const NEAR = 5;

/** True when a print lies more than `ratio` times above or below a reference price. A ratio up to 1 switches the guard off. */
export function isFreak(print: number, reference: number, ratio: number): boolean {
  if (!(ratio > 1 && reference > 0)) return false;
  if (!(Math.abs(print - reference) > NEAR)) return false;
  return print > reference * ratio || print * ratio < reference;
}
