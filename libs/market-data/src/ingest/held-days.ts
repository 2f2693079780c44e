import type { Contract, ContractId, IstDate, Underlying } from '@sos/domain';
import { indexContract } from '@sos/symbol-master';
import { sameTrust } from './ingest-source.js';
import type { HeldDay, RowOrigin } from './ingest-store.js';
import type { Need } from './provider-chain.js';
import { expectedMinutes } from './session-days.js';

interface Held extends RowOrigin {
  bars: number;
  answer: HeldDay['answer'];
  /** To be asked for again, however much is held. */
  isDoubted?: boolean;
}

/** What is held of the contracts of one underlying over some days: asked of the store once, then kept up to date with every answer. */
export class HeldDays {
  private readonly days = new Map<string, Held[]>();

  constructor(held: readonly HeldDay[]) {
    for (const one of held) this.set(one.contract, one.day, { ...one });
  }

  /** Replaces what a source holds of a contract's day. */
  set(contract: ContractId, day: IstDate, held: Held): void {
    const key = `${contract} ${day}`;
    const others = (this.days.get(key) ?? []).filter((h) => h.dataset !== held.dataset || h.source !== held.source);
    this.days.set(key, [...others, held]);
  }

  /** Takes last words back, so that the days are asked for again. */
  forget(needs: readonly Need[], isDoubted: (held: Held, day: IstDate) => boolean): void {
    for (const { contract, days } of needs)
      for (const day of days) {
        const doubted = (this.days.get(`${contract.id} ${day}`) ?? []).filter((held) => isDoubted(held, day));
        for (const held of doubted) [held.answer, held.isDoubted] = [null, true];
      }
  }

  /** What one source holds of a contract's day. */
  of(contract: ContractId, day: IstDate, { dataset, source }: RowOrigin): Held | null {
    const held = this.days.get(`${contract} ${day}`) ?? [];
    return held.find((h) => h.dataset === dataset && h.source === source) ?? null;
  }

  /** The source with the most bars of a contract's day among those as trustworthy as `like`. */
  best(contract: ContractId, day: IstDate, like: RowOrigin): Held | null {
    const held = this.days.get(`${contract} ${day}`) ?? [];
    return held.reduce<Held | null>(
      (best, h) => (h.bars > 0 && sameTrust(h, like) && h.bars > (best?.bars ?? 0) ? h : best),
      null,
    );
  }

  /** True when a source's own last word on the index of a day is known: then the day is over for that source. */
  isOverByIndex(underlying: Underlying, day: IstDate, origin: RowOrigin): boolean {
    const own = this.of(indexContract(underlying).id, day, origin);
    return own === null || own.answer !== null;
  }

  /**
   * True when nothing more of a contract's day is to be asked: every minute is held, or a source had its last word. An index is printed in every
   * minute, so that only a full day of it counts.
   */
  isDone(contract: Contract, day: IstDate, like: RowOrigin): boolean {
    const held = (this.days.get(`${contract.id} ${day}`) ?? []).filter((h) => sameTrust(h, like) && !h.isDoubted);
    const full = expectedMinutes(contract, day);
    return held.some((h) => h.bars >= full || (contract.kind !== 'index' && h.answer === 'complete'));
  }
}
