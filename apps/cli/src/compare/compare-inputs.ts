import type { SourceFile } from '../run-folder/run-dossier.js';
import type { Subject } from './load-subject.js';
import { valueDifferences, type ValueDifference } from './value-differences.js';

/** One gate, or one file of rows of law, that two runs do not share as it is. */
export interface FileDifference {
  readonly name: string;
  readonly kind: 'only in A' | 'only in B' | 'changed';
  /** By JSON path; empty unless changed. */
  readonly differences: readonly ValueDifference[];
}

/** What decided two runs, held against each other. */
export interface InputComparison {
  /** What the engine and hashes say: true = the same. */
  readonly sameData: boolean;
  readonly sameRulebook: boolean;
  readonly sameEngine: boolean;
  readonly sameConfigHash: boolean;
  readonly sameLedger: boolean;
  /** Null where what made one of the runs is not on this machine. */
  readonly config: readonly ValueDifference[] | null;
  readonly gates: readonly FileDifference[] | null;
  readonly rules: readonly FileDifference[] | null;
}

function parsed({ text }: SourceFile): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Text that is no JSON is still compared, as one value.
    return text;
  }
}

function nameOf(file: SourceFile): string {
  const value = parsed(file);
  const id = typeof value === 'object' && value !== null && 'id' in value ? value.id : null;
  return typeof id === 'string' ? id : file.file;
}

function fileDifferences(before: readonly SourceFile[], after: readonly SourceFile[]): FileDifference[] {
  const [old, young] = [before, after].map((files) => new Map(files.map((file) => [nameOf(file), file])));
  const names = [...new Set([...(old?.keys() ?? []), ...(young?.keys() ?? [])])];
  return names.flatMap((name): FileDifference[] => {
    const [a, b] = [old?.get(name), young?.get(name)];
    if (a === undefined) return [{ name, kind: 'only in B', differences: [] }];
    if (b === undefined) return [{ name, kind: 'only in A', differences: [] }];
    const differences = a.text === b.text ? [] : valueDifferences(parsed(a), parsed(b));
    return differences.length === 0 ? [] : [{ name, kind: 'changed', differences }];
  });
}

/** Compares what decided two runs: configuration and gates by JSON path, data, law and engine by their hashes and versions. */
export function compareInputs(a: Subject, b: Subject): InputComparison {
  const [x, y] = [a.result, b.result];
  const dossiers = a.dossier === null || b.dossier === null ? null : ([a.dossier, b.dossier] as const);
  return {
    sameData: x.dataHash === y.dataHash,
    sameRulebook: x.rulebookVersion === y.rulebookVersion,
    sameEngine: x.engineVersion === y.engineVersion,
    sameConfigHash: x.configHash === y.configHash,
    sameLedger: x.ledgerHash === y.ledgerHash,
    config: dossiers === null ? null : valueDifferences(dossiers[0].config, dossiers[1].config),
    gates: dossiers === null ? null : fileDifferences(dossiers[0].gates, dossiers[1].gates),
    rules: dossiers === null ? null : fileDifferences(dossiers[0].rules, dossiers[1].rules),
  };
}
