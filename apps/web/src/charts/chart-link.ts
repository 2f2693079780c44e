import type { IChartApi, ISeriesApi, MouseEventParams, Time } from 'lightweight-charts';

/** A chart that shares crosshair, range and zoom with others. */
export interface LinkedChart {
  readonly chart: IChartApi;
  readonly series: ISeriesApi<'Candlestick'>;
  /** Price at a time, for the crosshair; NaN where there is none. */
  readonly priceAt: (time: Time) => number;
  /** True while data are exchanged: ranges told meanwhile are halfway. */
  readonly isDrawing: () => boolean;
}

// Range events come a frame later than the call, so a flag cannot tell an echo: what is already equal is left alone.
const EPSILON = 0.01;

/** Keeps charts on one axis of times in step: each shows the same range, and the crosshair stands at the same time in all. */
export class ChartLink {
  readonly #members = new Set<LinkedChart>();
  /** The chart under the reader's hand: only its range and crosshair are passed on. */
  #leader: LinkedChart | null = null;

  /** @returns how to leave */
  join(member: LinkedChart): () => void {
    const { chart } = member;
    const follow = (): void => this.#range(member);
    const cross = (event: MouseEventParams): void => this.#cross(member, event);
    const lead = (): void => {
      this.#leader = member;
    };
    const hand = ['pointerenter', 'pointerdown', 'wheel'] as const;
    for (const event of hand) chart.chartElement().addEventListener(event, lead, { capture: true, passive: true });
    this.#members.add(member);
    chart.timeScale().subscribeVisibleLogicalRangeChange(follow);
    chart.subscribeCrosshairMove(cross);
    return () => {
      chart.timeScale().unsubscribeVisibleLogicalRangeChange(follow);
      chart.unsubscribeCrosshairMove(cross);
      for (const event of hand) chart.chartElement().removeEventListener(event, lead, { capture: true });
      this.#members.delete(member);
      if (this.#leader === member) this.#leader = null;
    };
  }

  #range(from: LinkedChart): void {
    if (from !== this.#leader || from.isDrawing()) return;
    const range = from.chart.timeScale().getVisibleLogicalRange();
    if (range === null) return;
    for (const { chart } of this.#others(from)) {
      const has = chart.timeScale().getVisibleLogicalRange();
      const isSame = has !== null && Math.abs(has.from - range.from) < EPSILON && Math.abs(has.to - range.to) < EPSILON;
      if (!isSame) chart.timeScale().setVisibleLogicalRange(range);
    }
  }

  #cross(from: LinkedChart, { time }: MouseEventParams): void {
    if (from !== this.#leader) return;
    for (const { chart, series, priceAt } of this.#others(from)) {
      const price = time === undefined ? Number.NaN : priceAt(time);
      if (time === undefined || Number.isNaN(price)) chart.clearCrosshairPosition();
      else chart.setCrosshairPosition(price, time, series);
    }
  }

  #others(from: LinkedChart): LinkedChart[] {
    return [...this.#members].filter((m) => m !== from);
  }
}
