import type { Turn } from '../state/turn.js';
import type { Candidate } from '../state/underlying-book.js';

/**
 * One rule that may keep a signal from becoming an entry. `refuse` gives the reason in words, or null when it has no objection.
 * A rule must object when what it compares is NaN.
 */
export interface Protection {
  /** Stable reason code of the decision record. */
  readonly code: string;
  refuse(turn: Turn, candidate: Candidate): string | null;
}
