import { AppError } from '@sos/domain';

/** One parameter that a sweep varies: every value from `from` to `to` in steps of `step`, ends included. */
export interface ParameterAxis {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  /** Above 0; ignored where `from` equals `to`. */
  readonly step: number;
}

/** Values of parameters by name. */
export type ParameterSet = Readonly<Record<string, number>>;

const MOST_VALUES = 10_000;
const AXIS = /^([A-Za-z]\w*)=([^:]+):([^:]+):([^:]+)$/;

function numberOf(text: string, whole: string): number {
  const value = Number(text);
  if (text.trim() !== '' && Number.isFinite(value)) return value;
  throw new AppError('SOS_INPUT', `expected a parameter as name=from:to:step with numbers, found "${whole}"`);
}

/** Reads `name=from:to:step`, or `name=value` for a single value. @throws SOS_INPUT for another form, a reversed range or a step that reaches nothing */
export function parseAxis(text: string): ParameterAxis {
  const single = /^([A-Za-z]\w*)=([^:]+)$/.exec(text.trim());
  if (single !== null) {
    const value = numberOf(single[2] ?? '', text);
    return { name: single[1] ?? '', from: value, to: value, step: 1 };
  }
  const [, name = '', from = '', to = '', step = ''] = AXIS.exec(text.trim()) ?? [];
  if (name === '') throw new AppError('SOS_INPUT', `expected a parameter as name=from:to:step, found "${text}"`);
  return checkAxis({ name, from: numberOf(from, text), to: numberOf(to, text), step: numberOf(step, text) }, text);
}

function checkAxis(axis: ParameterAxis, text: string): ParameterAxis {
  const { name, from, to, step } = axis;
  if (from > to)
    throw new AppError('SOS_INPUT', `expected a range of ${name} that runs upwards, found the empty range "${text}"`);
  if (!(step > 0)) throw new AppError('SOS_INPUT', `expected a step of ${name} above 0, found "${text}"`);
  const count = Math.floor((to - from) / step) + 1;
  if (count > MOST_VALUES)
    throw new AppError('SOS_INPUT', `expected at most ${MOST_VALUES} values of ${name}, found ${count} in "${text}"`);
  return axis;
}

// Steps such as 0.1 are not exact in binary: values are rounded to twelve digits, so that 0.1 + 2 × 0.1 is the 0.3 that was meant.
const tidy = (value: number): number => Number(value.toPrecision(12));

/** How many values an axis has. */
export function axisLength({ from, to, step }: ParameterAxis): number {
  return from === to ? 1 : Math.floor((to - from) / step + 1e-9) + 1;
}

/** Value `index` of an axis. */
export function axisValue({ from, step }: ParameterAxis, index: number): number {
  return tidy(from + index * step);
}

/** All values of an axis, ascending. */
export function axisValues(axis: ParameterAxis): number[] {
  return Array.from({ length: axisLength(axis) }, (_, i) => axisValue(axis, i));
}
