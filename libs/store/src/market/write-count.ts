/** Rows of one write: new ones, ones that replaced a different value, ones that were there already just so. */
export interface WriteCount {
  readonly inserted: number;
  readonly changed: number;
  readonly unchanged: number;
}

export const NOTHING_WRITTEN: WriteCount = { inserted: 0, changed: 0, unchanged: 0 };

export function addCounts(a: WriteCount, b: WriteCount): WriteCount {
  return {
    inserted: a.inserted + b.inserted,
    changed: a.changed + b.changed,
    unchanged: a.unchanged + b.unchanged,
  };
}
