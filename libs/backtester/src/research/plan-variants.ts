import { xoshiro128, type RandomSource } from '@sos/analytics';
import { AppError } from '@sos/domain';
import { axisLength, axisValue, type ParameterAxis, type ParameterSet } from './parameter-axis.js';

/** How the variants of a sweep are chosen: all of the grid, some of it at random, or a Latin hypercube. */
export type SweepDesign = 'grid' | 'random' | 'latin';

/** What a sweep varies and how. */
export interface SweepPlan {
  readonly design: SweepDesign;
  readonly axes: readonly ParameterAxis[];
  /** Variants of the designs `random` and `latin`. */
  readonly samples: number;
  readonly seed: number;
}

const MOST_VARIANTS = 100_000;

function checkAxes(axes: readonly ParameterAxis[]): void {
  if (axes.length === 0) throw new AppError('SOS_INPUT', 'expected at least one parameter to vary, found none');
  const names = axes.map(({ name }) => name);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) throw new AppError('SOS_INPUT', `expected each parameter once, found ${twice} again`);
}

function gridSize(axes: readonly ParameterAxis[]): number {
  return axes.reduce((size, axis) => size * axisLength(axis), 1);
}

// Number of a grid point to its values; the last axis moves fastest.
function pointOf(axes: readonly ParameterAxis[], number: number): ParameterSet {
  let rest = number;
  const values: [string, number][] = [];
  for (const axis of [...axes].reverse()) {
    const length = axisLength(axis);
    values.unshift([axis.name, axisValue(axis, rest % length)]);
    rest = Math.floor(rest / length);
  }
  return Object.fromEntries(values);
}

function grid(axes: readonly ParameterAxis[]): ParameterSet[] {
  return Array.from({ length: gridSize(axes) }, (_, i) => pointOf(axes, i));
}

// Floyd's sampling without replacement: each subset of the grid is equally likely, whatever its size.
function sampled(axes: readonly ParameterAxis[], samples: number, random: RandomSource): ParameterSet[] {
  const size = gridSize(axes);
  const chosen = new Set<number>();
  for (let j = size - samples; j < size; j++) {
    const pick = Math.floor(random() * (j + 1));
    chosen.add(chosen.has(pick) ? j : pick);
  }
  return [...chosen].sort((a, b) => a - b).map((number) => pointOf(axes, number));
}

function shuffled(length: number, random: RandomSource): number[] {
  const order = Array.from({ length }, (_, i) => i);
  for (let i = length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [order[i], order[j]] = [order[j] as number, order[i] as number];
  }
  return order;
}

// Each axis is cut into as many strata as there are samples and every stratum is used once; the value is the grid value in which the point falls.
function latin(axes: readonly ParameterAxis[], samples: number, random: RandomSource): ParameterSet[] {
  const columns = axes.map((axis) => {
    const length = axisLength(axis);
    return shuffled(samples, random).map((stratum) => {
      const at = (stratum + random()) / samples;
      return axisValue(axis, Math.min(length - 1, Math.floor(at * length)));
    });
  });
  return Array.from({ length: samples }, (_, i) =>
    Object.fromEntries(axes.map(({ name }, a) => [name, columns[a]?.[i] as number])),
  );
}

function withoutRepeats(points: readonly ParameterSet[]): ParameterSet[] {
  return [...new Map(points.map((point) => [JSON.stringify(point), point])).values()];
}

/**
 * The parameter sets of a sweep, each once. `random` draws grid points without replacement; `latin` (M. McKay, R. Beckman, W. Conover, Technometrics 21, 1979)
 * spreads its samples evenly over every axis, so that points which fall on one grid point are one variant. The same plan gives the same variants everywhere.
 * @throws SOS_INPUT for no axis, an axis twice, too many variants, or fewer than one sample
 */
export function planVariants({ design, axes, samples, seed }: SweepPlan): ParameterSet[] {
  checkAxes(axes);
  const size = gridSize(axes);
  const wanted = design === 'grid' ? size : samples;
  if (!Number.isInteger(wanted) || wanted < 1 || wanted > MOST_VARIANTS)
    throw new AppError('SOS_INPUT', `expected 1 to ${MOST_VARIANTS} variants, found ${wanted}`);
  if (design === 'grid' || (design === 'random' && samples >= size)) return grid(axes);
  const random = xoshiro128(seed);
  return design === 'random' ? sampled(axes, samples, random) : withoutRepeats(latin(axes, samples, random));
}
