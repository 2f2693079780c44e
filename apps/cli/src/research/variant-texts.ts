import type { ParameterSet } from '@sos/backtester';
import { AppError, didYouMean } from '@sos/domain';
import type { CompiledGate } from '@sos/gates';

/** A stretch of a gate file's text and what stands there instead. */
export interface TextEdit {
  readonly at: number;
  readonly end: number;
  readonly text: string;
}

type Place = { readonly at: number; readonly end: number };

/** The text with its edits, which must not overlap; whatever is not edited stays as it is, to the letter. */
export function editedText(text: string, edits: readonly TextEdit[]): string {
  let result = '';
  let from = 0;
  for (const edit of [...edits].sort((a, b) => a.at - b.at)) {
    result += text.slice(from, edit.at) + edit.text;
    from = edit.end;
  }
  return result + text.slice(from);
}

function placeOf({ source }: CompiledGate, path: readonly string[]): Place {
  let node = source.root;
  for (const name of path) {
    const member = node.members?.get(name)?.node;
    if (member === undefined)
      throw new AppError('SOS_INVARIANT', `expected ${path.join('.')} in ${source.file}, found nothing`);
    node = member;
  }
  return { at: node.at, end: node.end };
}

/** The values of a variant as edits of the gate's file; a value that stands there already is no edit, so that the variant is the file itself. */
export function parameterEdits(gate: CompiledGate, params: ParameterSet): TextEdit[] {
  const known = gate.file.params ?? {};
  return Object.entries(params)
    .filter(([name, value]) => known[name]?.value !== value)
    .map(([name, value]) => ({ ...placeOf(gate, ['params', name, 'value']), text: String(value) }));
}

/** The gate without some of its filter conditions; where none is left, one that always holds takes their place. */
export function withoutFilters(gate: CompiledGate, left: ReadonlySet<number>): TextEdit[] {
  const kept = gate.file.filter.filter((_, i) => !left.has(i));
  const filter = kept.length > 0 ? kept : ['close > 0'];
  return [{ ...placeOf(gate, ['filter']), text: JSON.stringify(filter) }];
}

/** The gate under another id, so that variants can be compiled together. */
export function renamedText(gate: CompiledGate, edits: readonly TextEdit[], id: string): string {
  return editedText(gate.source.text, [...edits, { ...placeOf(gate, ['id']), text: JSON.stringify(id) }]);
}

/** @throws SOS_INPUT for a parameter that the gate does not have (with the nearest name), or a range beyond the bounds that its file states */
export function checkParameters(
  gate: CompiledGate,
  axes: readonly { readonly name: string; readonly from: number; readonly to: number }[],
): void {
  const params = gate.file.params ?? {};
  const names = Object.keys(params);
  const { id } = gate.profile;
  for (const { name, from, to } of axes) {
    const param = params[name];
    if (param === undefined) {
      const known = names.length === 0 ? 'it has none' : `it has ${names.join(', ')}`;
      throw new AppError(
        'SOS_INPUT',
        `expected a parameter of ${id} (${known}), found "${name}"${didYouMean(name, names)}`,
      );
    }
    if (from < param.min || to > param.max)
      throw new AppError(
        'SOS_INPUT',
        `expected ${name} of ${id} within ${param.min} to ${param.max}, found ${from} to ${to}`,
      );
  }
}
