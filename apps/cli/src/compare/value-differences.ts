/** A place of a JSON document at which two of them differ; undefined where one has nothing. */
export interface ValueDifference {
  readonly path: string;
  readonly before: unknown;
  readonly after: unknown;
}

const isContainer = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

function stepOf(key: string, isList: boolean): string {
  if (isList) return `[${key}]`;
  return /^[A-Za-z_$][\w$]*$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`;
}

/** Every place at which two JSON documents differ, by path, in the order of the first one's keys. */
export function valueDifferences(before: unknown, after: unknown, path = '$'): ValueDifference[] {
  if (Object.is(before, after)) return [];
  if (!isContainer(before) || !isContainer(after) || Array.isArray(before) !== Array.isArray(after))
    return [{ path, before, after }];
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const isList = Array.isArray(before);
  return keys.flatMap((key) => valueDifferences(before[key], after[key], path + stepOf(key, isList)));
}
