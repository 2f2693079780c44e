import { MS_PER_MINUTE, type ChainTape } from '@sos/domain';
import { ChainFold } from '../chain/chain-fold.js';
import type { ChainOptions } from '../chain/chain-options.js';
import { CHAIN_VARIABLES } from '../vocabulary/chain-variables.js';
import type { Evaluator } from './evaluator.js';
import { UNKNOWN_REGIME } from './phase-machine.js';
import type { Program } from './program.js';

const REGIME = CHAIN_VARIABLES.findIndex((variable) => variable.name === 'chain.regime');

/** Writes the words of the chain into the slots that are in use, and takes them back when the snapshot is too old. */
export class ChainColumns {
  /** Index into REGIMES as of the last bar. */
  regime = UNKNOWN_REGIME;
  /** Rises whenever a word may have changed, the age apart. */
  version = 0;
  readonly #fold: ChainFold;
  readonly #evaluator: Evaluator;
  readonly #values: Float64Array;
  /** Pairs of a place in the fold and a slot. */
  readonly #places: Int32Array;
  readonly #slots: Int32Array;
  readonly #ageSlot: number;
  readonly #maxAgeMs: number;
  #isKnown = false;

  constructor(program: Program, evaluator: Evaluator, options: ChainOptions) {
    const used = CHAIN_VARIABLES.map(({ name }, place) => ({ name, place, slot: program.variables.get(name) ?? -1 }));
    const copied = used.filter(({ name, slot }) => slot >= 0 && name !== 'chain.ageMinutes');
    const uses = (prefix: string): boolean => copied.some(({ name }) => name.startsWith(prefix));
    this.#fold = new ChainFold(options, {
      velocity: uses('chain.pcrVelocity'),
      changes: uses('chain.ceOiChange') || uses('chain.peOiChange'),
      walls: uses('chain.wall'),
      maxPain: uses('chain.maxPain'),
      delta: uses('deltaVolume.'),
    });
    this.#evaluator = evaluator;
    this.#values = evaluator.values;
    this.#places = Int32Array.from(copied, ({ place }) => place);
    this.#slots = Int32Array.from(copied, ({ slot }) => slot);
    this.#ageSlot = program.variables.get('chain.ageMinutes') ?? program.spare;
    this.#maxAgeMs = options.maxAgeMinutes * MS_PER_MINUTE;
  }

  startSession(): void {
    this.#fold.startSession();
    this.#clear();
  }

  add(tape: ChainTape, snapshot: number, indexClose: number): void {
    if (!this.#fold.add(tape, snapshot, indexClose)) return;
    for (let i = 0; i < this.#slots.length; i++)
      this.#values[this.#slots[i] as number] = this.#fold.values[this.#places[i] as number] as number;
    this.regime = this.#fold.values[REGIME] as number;
    this.#isKnown = true;
    this.version++;
    this.#evaluator.chainChanged();
  }

  /** Brings the age up to a bar's close; what is too old is taken back. */
  age(time: number): void {
    if (!this.#isKnown) return;
    const age = time - this.#fold.eventTime;
    if (age > this.#maxAgeMs) this.#clear();
    else this.#values[this.#ageSlot] = age / MS_PER_MINUTE;
  }

  /** Age in minutes of the snapshot last seen, however old; NaN when there was none. */
  ageMinutes(time: number): number {
    return (time - this.#fold.eventTime) / MS_PER_MINUTE;
  }

  #clear(): void {
    for (let i = 0; i < this.#slots.length; i++) this.#values[this.#slots[i] as number] = Number.NaN;
    this.#values[this.#ageSlot] = Number.NaN;
    this.regime = UNKNOWN_REGIME;
    this.#isKnown = false;
    this.version++;
    this.#evaluator.chainChanged();
  }
}
