import { AnchoredVwap } from '../anchored-vwap/anchored-vwap.js';

/** Volume-weighted average price of the session, with bands; call `startSession()` before each session's first bar. See `AnchoredVwap`. */
export class SessionVwap extends AnchoredVwap {
  /** Begins a new session: yesterday's bars no longer count. */
  startSession(): void {
    this.anchor();
  }
}
