import { axisValues, type ParameterAxis, type ParameterSet } from './parameter-axis.js';

/** One cell: the mean of a metric over every variant with these two values, whatever their other parameters. */
export interface PlateauCell {
  /** NaN when no variant falls here, or the metric of none of them is known. */
  readonly mean: number;
  readonly best: number;
  readonly worst: number;
  readonly variants: number;
}

/** A parameter plateau as a grid: is the best variant on a broad hill or on a needle? */
export interface PlateauMap {
  readonly x: { readonly name: string; readonly values: readonly number[] };
  /** Null when only one parameter was varied. */
  readonly y: { readonly name: string; readonly values: readonly number[] } | null;
  /** Rows by y (ascending), columns by x. */
  readonly cells: readonly (readonly PlateauCell[])[];
}

/** A point of a sweep. */
export interface PlateauPoint {
  readonly params: ParameterSet;
  readonly value: number;
}

function cellOf(values: readonly number[]): PlateauCell {
  const finite = values.filter(Number.isFinite);
  const none = finite.length === 0;
  return {
    mean: none ? Number.NaN : finite.reduce((sum, v) => sum + v, 0) / finite.length,
    best: none ? Number.NaN : Math.max(...finite),
    worst: none ? Number.NaN : Math.min(...finite),
    variants: values.length,
  };
}

/** The plateau of a metric over two parameters. @param y left out or null: one row */
export function plateauMap(
  points: readonly PlateauPoint[],
  x: ParameterAxis,
  y: ParameterAxis | null = null,
): PlateauMap {
  const columns = axisValues(x);
  const rows = y === null ? [Number.NaN] : axisValues(y);
  const byCell = new Map<string, number[]>();
  const keyOf = (column: number, row: number): string => `${column} ${row}`;
  for (const { params, value } of points) {
    const key = keyOf(params[x.name] as number, y === null ? Number.NaN : (params[y.name] as number));
    byCell.set(key, [...(byCell.get(key) ?? []), value]);
  }
  return {
    x: { name: x.name, values: columns },
    y: y === null ? null : { name: y.name, values: rows },
    cells: rows.map((row) => columns.map((column) => cellOf(byCell.get(keyOf(column, row)) ?? []))),
  };
}

/**
 * How well each variant's neighbours do: the mean metric of all variants no more than one step away on every axis, itself among them. A variant far above its
 * neighbourhood is a needle. NaN where nothing is known.
 */
export function neighbourhoods(points: readonly PlateauPoint[], axes: readonly ParameterAxis[]): number[] {
  const stepOf = ({ params }: PlateauPoint): number[] =>
    axes.map(({ name, from, step }) => Math.round(((params[name] as number) - from) / step));
  const places = points.map(stepOf);
  const byPlace = new Map(places.map((place, i) => [place.join(' '), points[i]?.value as number]));
  let offsets: number[][] = [[]];
  for (let axis = 0; axis < axes.length; axis++)
    offsets = offsets.flatMap((offset) => [-1, 0, 1].map((step) => [...offset, step]));
  return places.map((place) => {
    const values = offsets
      .map((offset) => byPlace.get(place.map((p, a) => p + (offset[a] as number)).join(' ')) ?? Number.NaN)
      .filter(Number.isFinite);
    return values.length === 0 ? Number.NaN : values.reduce((sum, v) => sum + v, 0) / values.length;
  });
}
