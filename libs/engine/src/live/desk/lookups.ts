import type { OrderTag } from '../broker/broker-words.js';

interface Lookup {
  readonly since: number;
  tries: number;
  nextAt: number;
  isAsked: boolean;
  /** Looked for by tag for long enough: the next book decides. */
  needsBook: boolean;
}

/** An order that was not found for so long never arrived: the slowest path from a broker's door to its book is far shorter. */
export const ABSENT_AFTER_MS = 15_000;
const WAITS = [300, 600, 1_200, 2_400, 4_800, 6_000];

/** The search for orders whose outcome is unknown: by tag, again and again, then by the whole book. */
export class Lookups {
  readonly #open = new Map<OrderTag, Lookup>();

  get size(): number {
    return this.#open.size;
  }

  begin(tag: OrderTag, now: number): void {
    if (!this.#open.has(tag))
      this.#open.set(tag, { since: now, tries: 0, nextAt: now + (WAITS[0] ?? 0), isAsked: false, needsBook: false });
  }

  end(tag: OrderTag): void {
    this.#open.delete(tag);
  }

  /** Tags to ask for now. */
  due(now: number): OrderTag[] {
    const tags: OrderTag[] = [];
    for (const [tag, lookup] of this.#open) {
      if (lookup.isAsked || lookup.nextAt > now) continue;
      lookup.isAsked = true;
      tags.push(tag);
    }
    return tags;
  }

  /** Nothing was found, or nobody answered; true when the book must decide. */
  missed(tag: OrderTag, now: number, hasAnswer: boolean): boolean {
    const lookup = this.#open.get(tag);
    if (lookup === undefined) return false;
    lookup.isAsked = false;
    lookup.tries++;
    lookup.nextAt = now + (WAITS[lookup.tries] ?? 6_000);
    if (hasAnswer && now - lookup.since >= ABSENT_AFTER_MS) lookup.needsBook = true;
    return lookup.needsBook;
  }

  /** Tags that a book read at that time, without them, proves absent. */
  absentIn(readAt: number): OrderTag[] {
    return [...this.#open].filter(([, l]) => l.needsBook && readAt - l.since >= ABSENT_AFTER_MS).map(([tag]) => tag);
  }

  get wakeAt(): number {
    let at = Number.POSITIVE_INFINITY;
    for (const lookup of this.#open.values()) if (!lookup.isAsked) at = Math.min(at, lookup.nextAt);
    return at;
  }
}
