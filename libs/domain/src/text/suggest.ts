function distance(a: string, b: string): number {
  let before = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitute = (before[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      row.push(Math.min(substitute, (before[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1));
    }
    before = row;
  }
  return before[b.length] ?? 0;
}

/**
 * The known names nearest to a mistyped one by Levenshtein distance, nearest first; empty when none is within a third of its length (at least 2).
 * @param count at most so many suggestions
 */
export function nearestNames(wanted: string, known: Iterable<string>, count = 3): string[] {
  const target = wanted.toLowerCase();
  const limit = Math.max(2, Math.floor(target.length / 3));
  const ranked: { name: string; far: number }[] = [];
  for (const name of known) {
    const lower = name.toLowerCase();
    const far = lower.startsWith(target) && target.length > 2 ? 1 : distance(target, lower);
    if (far <= limit) ranked.push({ name, far });
  }
  ranked.sort((a, b) => a.far - b.far || (a.name < b.name ? -1 : 1));
  return ranked.slice(0, count).map((r) => r.name);
}

/** ` (did you mean X or Y?)`, or an empty string when nothing is near: appended to error messages about unknown names. */
export function didYouMean(wanted: string, known: Iterable<string>): string {
  const names = nearestNames(wanted, known);
  return names.length === 0 ? '' : ` (did you mean ${names.join(' or ')}?)`;
}
