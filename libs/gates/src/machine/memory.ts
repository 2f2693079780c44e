import type { StatefulKind } from '../graph/graph-node.js';
import { AtrGroup, OpeningGroup, PreviousGroup, RelativeVolumeGroup, VwapGroup } from './bar-groups.js';
import { DeviationGroup } from './deviation-group.js';
import type { Evaluator } from './evaluator.js';
import { ExtremeGroup } from './extreme-group.js';
import { MeanGroup } from './mean-group.js';
import type { StatefulSlot } from './program.js';
import { EmaGroup, RsiGroup, WmaGroup } from './series-groups.js';

/**
 * All values with memory that read only bars, pure values and lower levels. One named field for each kind instead of a list of groups: every call below has one
 * target, which the compiler turns into a direct call; a list of unlike groups took twice as long.
 */
class MemoryLevel {
  readonly #sma: MeanGroup;
  readonly #ema: EmaGroup;
  readonly #wma: WmaGroup;
  readonly #rsi: RsiGroup;
  readonly #stdev: DeviationGroup;
  readonly #highest: ExtremeGroup;
  readonly #lowest: ExtremeGroup;
  readonly #atr: AtrGroup;
  readonly #vwap: VwapGroup;
  readonly #previous: PreviousGroup;
  readonly #opening: OpeningGroup;
  readonly #relative: RelativeVolumeGroup;

  constructor(slots: readonly StatefulSlot[]) {
    const of = (...kinds: StatefulKind[]): StatefulSlot[] => slots.filter(({ node }) => kinds.includes(node.state));
    this.#sma = new MeanGroup(of('sma'));
    this.#ema = new EmaGroup(of('ema'));
    this.#wma = new WmaGroup(of('wma'));
    this.#rsi = new RsiGroup(of('rsi'));
    this.#stdev = new DeviationGroup(of('stdev', 'bandwidth'));
    this.#highest = new ExtremeGroup(of('highest'), 1);
    this.#lowest = new ExtremeGroup(of('lowest'), -1);
    this.#atr = new AtrGroup(of('atr'));
    this.#vwap = new VwapGroup(of('vwap'));
    this.#previous = new PreviousGroup(of('prev', 'lag'));
    this.#opening = new OpeningGroup(of('openingHigh', 'openingLow'));
    this.#relative = new RelativeVolumeGroup(of('rvol'));
  }

  step(evaluator: Evaluator): void {
    this.#sma.step(evaluator);
    this.#ema.step(evaluator);
    this.#wma.step(evaluator);
    this.#rsi.step(evaluator);
    this.#stdev.step(evaluator);
    this.#highest.step(evaluator);
    this.#lowest.step(evaluator);
    this.#atr.step(evaluator);
    this.#vwap.step(evaluator);
    this.#previous.step(evaluator);
    this.#opening.step(evaluator);
    this.#relative.step(evaluator);
  }

  openSession(): void {
    this.#highest.openSession();
    this.#lowest.openSession();
    this.#vwap.openSession();
    this.#previous.openSession();
    this.#opening.openSession();
    this.#relative.openSession();
  }
}

/** Every value with memory, brought up to date once per bar, what is read before what reads it. */
export class Memory {
  readonly #levels: readonly MemoryLevel[];

  constructor(stateful: readonly StatefulSlot[]) {
    const levels = [...new Set(stateful.map((slot) => slot.level))].sort((a, b) => a - b);
    this.#levels = levels.map((level) => new MemoryLevel(stateful.filter((slot) => slot.level === level)));
  }

  step(evaluator: Evaluator): void {
    const levels = this.#levels;
    for (let i = 0; i < levels.length; i++) (levels[i] as MemoryLevel).step(evaluator);
  }

  /** A session begins: whatever is anchored to the session starts anew. */
  openSession(): void {
    for (const level of this.#levels) level.openSession();
  }
}
