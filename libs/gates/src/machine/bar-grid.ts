import { AppError, type BarColumns } from '@sos/domain';
import type { GateSession } from '../signal-source.js';
import { BAR_WORDS, BarWords } from './bar-words.js';
import { makeSeriesNode } from './make-series-node.js';
import type { BarNode, Program } from './program.js';
import { RUN_ROWS, type CellColumn, type PureColumn } from './pure-columns.js';
import type { SeriesNode } from './series-node.js';

/** Rows of the grid; a longer session starts again at the first. */
const ROWS = 512;

/** One column to compute: with memory or without. */
type Step = { readonly series: SeriesNode } | { readonly pure: PureColumn };

/**
 * Everything that the bars alone decide, as columns of cells: words of the bar and the session, indicators, comparisons. Where the session is shown in advance its columns are
 * computed at once, which costs a fraction of one bar after the other; else each bar as it arrives. Every row is computed from itself and rows before it alone.
 */
export class BarGrid {
  readonly cells: Float64Array;
  /** First cell of each slot's column; -1 for slots that are not of the bars alone. */
  readonly first: Int32Array;
  /** Row of the bar at hand; -1 before the first of the session. */
  row = -1;
  readonly #words: BarWords;
  readonly #volume: number;
  readonly #early: readonly Step[];
  /** What the volume has a part in. */
  readonly #late: readonly Step[];
  readonly #series: readonly SeriesNode[];
  #bars: BarColumns | null = null;
  /** Rows computed, without and with the volume. */
  #earlyRows = 0;
  #lateRows = 0;

  constructor(program: Program) {
    const { barNodes, constants, slotCount } = program;
    this.first = new Int32Array(slotCount).fill(-1);
    for (const [i, { slot }] of barNodes.entries()) this.first[slot] = constants.length + i * ROWS;
    this.cells = new Float64Array(constants.length + barNodes.length * ROWS).fill(Number.NaN);
    for (const [i, { value }] of constants.entries()) this.cells[i] = value;
    const word = (name: string): number => this.first[program.variables.get(name) ?? program.spare] ?? -1;
    this.#words = new BarWords(this.cells, Int32Array.from(BAR_WORDS, word));
    this.#volume = word('volume');
    const places = new Map(constants.map(({ slot }, i) => [slot, { first: i, mask: 0 }]));
    const steps = (isLate: boolean): Step[] =>
      barNodes.filter((node) => node.isLate === isLate).flatMap((node) => this.#stepOf(node, places));
    this.#early = steps(false);
    this.#late = steps(true);
    this.#series = [...this.#early, ...this.#late].flatMap((step) => ('series' in step ? [step.series] : []));
  }

  isNewDay(time: number): boolean {
    return this.#words.isNewDay(time);
  }

  openSession(session: GateSession): void {
    this.#words.openSession(session);
    this.#start();
  }

  openWarmUpDay(firstBar: number): void {
    this.#words.openWarmUpDay(firstBar);
    this.#start();
  }

  /** Computes the session's columns in advance; `volume` null when it becomes known bar by bar. A session longer than the grid is left to be computed bar by bar. */
  preview(bars: BarColumns, volume: Float64Array | null): void {
    const count = bars.length;
    if (this.row >= 0 || count === 0 || count > ROWS) return;
    this.#bars = bars;
    this.#words.write(bars, { from: 0, count, to: 0 });
    this.#run(this.#early, 0, count);
    this.#earlyRows = count;
    if (volume === null) return;
    if (this.#volume >= 0) for (let k = 0; k < count; k++) this.cells[this.#volume + k] = volume[k] as number;
    this.#run(this.#late, 0, count);
    this.#lateRows = count;
  }

  /**
   * Goes on to the next bar.
   * @throws SOS_INVARIANT for another bar or another volume than was shown in advance
   */
  add(bars: BarColumns, row: number, volume: number): void {
    if (this.row + 1 === ROWS) this.#wrap();
    const at = this.row + 1;
    if (at >= this.#earlyRows) {
      this.#words.write(bars, { from: row, count: 1, to: at });
      this.#run(this.#early, at, at + 1);
      this.#earlyRows = at + 1;
    } else if (bars !== this.#bars || row !== at) throw otherThanShown(`bar ${at}`, `bar ${row}`);
    if (at >= this.#lateRows) {
      if (this.#volume >= 0) this.cells[this.#volume + at] = volume;
      this.#run(this.#late, at, at + 1);
      this.#lateRows = at + 1;
    } else if (this.#volume >= 0 && !Object.is(volume, this.cells[this.#volume + at]))
      throw otherThanShown(`volume ${this.cells[this.#volume + at]}`, `volume ${volume}`);
    this.row = at;
  }

  /** Puts another value in place of a word of the bar at hand: what follows from it without memory is computed anew. For questions of the kind "what if". */
  suppose(slot: number, value: number): void {
    if (this.row < 0) return;
    this.cells[(this.first[slot] as number) + this.row] = value;
    const pure = [...this.#early, ...this.#late].filter((step) => 'pure' in step);
    this.#run(pure, this.row, this.row + 1);
  }

  #start(): void {
    this.row = -1;
    this.#bars = null;
    this.#earlyRows = this.#lateRows = 0;
    for (const node of this.#series) node.startSession?.();
  }

  #wrap(): void {
    this.row = -1;
    this.#earlyRows = this.#lateRows = 0;
  }

  #run(steps: readonly Step[], from: number, to: number): void {
    for (const step of steps) {
      if ('series' in step) step.series.run(this.cells, from, to);
      else RUN_ROWS[step.pure.op](this.cells, step.pure, { from, to });
    }
  }

  #stepOf({ slot, node, args }: BarNode, constants: ReadonlyMap<number, CellColumn>): Step[] {
    const output = this.first[slot] as number;
    const firstOf = (arg: number): number => this.first[arg] as number;
    if (node.kind === 'variable') return [];
    if (node.kind === 'stateful') {
      const { length, state } = node;
      return [{ series: makeSeriesNode({ inputs: args.map(firstOf), output, length, state }) }];
    }
    const column = (arg: number): CellColumn => constants.get(arg) ?? { first: firstOf(arg), mask: -1 };
    const [left = 0, right = left] = args;
    return [{ pure: { op: node.op, left: column(left), right: column(right), output } }];
  }
}

function otherThanShown(expected: string, found: string): AppError {
  return new AppError('SOS_INVARIANT', `expected ${expected} as the session was shown in advance, found ${found}`);
}
