/** How one kind of order is priced and re-priced. Rupees, shares 0..1, milliseconds. */
export interface ChaseParameters {
  /** Beyond the far side of the book: the larger of points … */
  readonly bufferPoints: number;
  /** … and share of the premium. */
  readonly bufferShare: number;
  /** A re-price gives at least so many ticks more than the limit that was not enough. */
  readonly stepTicks: number;
  /** Time between two prices. */
  readonly intervalMs: number;
  /** Re-prices after the first price; then an entry is given up and an exit escalates. */
  readonly maxChase: number;
  /** Factor on the buffer for each re-price, ≥ 1. */
  readonly escalation: number;
  /** No price lies further than this share from what the option is worth at that moment. */
  readonly collarShare: number;
  /** Distance from the trigger of a protective stop to its limit: the larger of points … */
  readonly bandPoints: number;
  /** … and share of the trigger. Entries have no stop and ignore both. */
  readonly bandShare: number;
  /** A quote older than this prices nothing. */
  readonly quoteMaxAgeMs: number;
}

/** Entries are given up; exits go on until they are filled. */
export interface ExecutionParameters {
  readonly entry: ChaseParameters;
  readonly exit: ChaseParameters;
  /** No entry into a contract that expires within so many minutes. */
  readonly noEntryBeforeExpiryMinutes: number;
}
