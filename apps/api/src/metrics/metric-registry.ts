/** Names and values of the dimensions of one sample; never anything a user can choose freely. */
export type Labels = Readonly<Record<string, string>>;

/** One value of a metric. */
export interface Sample {
  readonly labels: Labels;
  readonly value: number;
}

interface Metric {
  readonly name: string;
  lines(): string[];
}

const escaped = (text: string): string => text.replace(/\\/g, '\\\\').replace(/"/g, '\\"').replace(/\n/g, '\\n');

function labelText(labels: Labels): string {
  const parts = Object.entries(labels).map(([name, value]) => `${name}="${escaped(value)}"`);
  return parts.length === 0 ? '' : `{${parts.join(',')}}`;
}

function numberText(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (Number.isFinite(value)) return String(value);
  return value > 0 ? '+Inf' : '-Inf';
}

const head = (name: string, help: string, type: string): string[] => [
  `# HELP ${name} ${help}`,
  `# TYPE ${name} ${type}`,
];

/** A number that only grows, by labels. */
export class Counter {
  readonly #values = new Map<string, number>();

  add(labels: Labels = {}, by = 1): void {
    const key = labelText(labels);
    this.#values.set(key, (this.#values.get(key) ?? 0) + by);
  }

  /** Lines of the exposition. A counter that was never touched stands at 0. */
  samples(name: string): string[] {
    if (this.#values.size === 0) return [`${name} 0`];
    return [...this.#values].map(([labels, value]) => `${name}${labels} ${numberText(value)}`);
  }
}

/** How often a value fell at or below each of some bounds, by labels. */
export class Histogram {
  readonly #bounds: readonly number[];
  readonly #series = new Map<
    string,
    { readonly labels: Labels; readonly counts: number[]; sum: number; count: number }
  >();

  constructor(bounds: readonly number[]) {
    this.#bounds = bounds;
  }

  observe(labels: Labels, value: number): void {
    const key = labelText(labels);
    let series = this.#series.get(key);
    if (series === undefined) {
      series = { labels, counts: this.#bounds.map(() => 0), sum: 0, count: 0 };
      this.#series.set(key, series);
    }
    series.sum += value;
    series.count += 1;
    for (const [i, bound] of this.#bounds.entries())
      if (value <= bound) series.counts[i] = (series.counts[i] as number) + 1;
  }

  samples(name: string): string[] {
    return [...this.#series.values()].flatMap(({ labels, counts, sum, count }) => [
      ...this.#bounds.map(
        (le, i) => `${name}_bucket${labelText({ ...labels, le: String(le) })} ${counts[i] as number}`,
      ),
      `${name}_bucket${labelText({ ...labels, le: '+Inf' })} ${count}`,
      `${name}_sum${labelText(labels)} ${numberText(sum)}`,
      `${name}_count${labelText(labels)} ${count}`,
    ]);
  }
}

/** Metrics of one process in the text format of Prometheus (version 0.0.4). */
export class MetricRegistry {
  readonly #metrics: Metric[] = [];

  counter(name: string, help: string): Counter {
    const counter = new Counter();
    this.#metrics.push({ name, lines: () => [...head(name, help, 'counter'), ...counter.samples(name)] });
    return counter;
  }

  histogram(name: string, help: string, bounds: readonly number[]): Histogram {
    const histogram = new Histogram(bounds);
    this.#metrics.push({ name, lines: () => [...head(name, help, 'histogram'), ...histogram.samples(name)] });
    return histogram;
  }

  /** A value that is read when it is asked for. */
  gauge(name: string, help: string, read: () => readonly Sample[]): void {
    const lines = (): string[] => [
      ...head(name, help, 'gauge'),
      ...read().map(({ labels, value }) => `${name}${labelText(labels)} ${numberText(value)}`),
    ];
    this.#metrics.push({ name, lines });
  }

  text(): string {
    return `${this.#metrics.flatMap((metric) => metric.lines()).join('\n')}\n`;
  }
}
