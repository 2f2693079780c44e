import { AppError, type IstDate, type Paise, type Underlying } from '@sos/domain';
import type { Variant } from '@sos/backtester';
import { compileGates, createSignalSource, type ChainOptions, type CompiledGate } from '@sos/gates';
import type { VariantSignals } from '@sos/backtester';
import { editedText, renamedText, type TextEdit } from './variant-texts.js';

/** One variant as it travels to a worker: the edits that make it out of the gate's file. */
export interface VariantEdits {
  readonly index: number;
  readonly edits: readonly TextEdit[];
}

/** Everything but the variants that decides a sweep; plain data, the same for a thread and for a worker on another machine. */
export interface ResearchJob {
  readonly gate: { readonly path: string; readonly text: string };
  readonly underlyings: readonly Underlying[];
  readonly from: IstDate;
  readonly to: IstDate;
  /** Name of the data set, or `imported`. */
  readonly filter: string;
  readonly premiums: 'recorded' | 'modelled';
  /** Seed of modelled premiums. */
  readonly seed: number;
  readonly capital: Paise;
  readonly chain: ChainOptions;
  readonly monthly: boolean;
  readonly warmUpBars: number;
  /** A worker with another law or engine refuses the job. */
  readonly rulebookVersion: string;
  readonly engineVersion: string;
}

/** The gate of a job. @throws SOS_GATE_INVALID */
export function gateOfJob({ gate }: Pick<ResearchJob, 'gate'>): CompiledGate {
  const { gates, problems } = compileGates([gate]);
  const [compiled] = gates.gates;
  if (compiled === undefined || problems.length > 0)
    throw new AppError('SOS_GATE_INVALID', `expected a valid gate, found: ${problems[0]?.message ?? 'none'}`);
  return compiled;
}

/** The definitions that a backtest of one variant alone would be hashed with. */
export function variantsOf(job: ResearchJob, gate: CompiledGate, variants: readonly VariantEdits[]): Variant[] {
  return variants.map(({ index, edits }) => ({
    index,
    gate: gate.profile.id,
    gatesText: [editedText(job.gate.text, edits), `chain ${JSON.stringify(job.chain)}`].join('\n'),
  }));
}

const nameOf = (place: number): string => `V${String(place).padStart(6, '0')}`;

/** One source for all variants, compiled together: each distinct expression is computed once, whatever the number of variants that use it. */
export function sharedSignals(job: ResearchJob, gate: CompiledGate, edits: readonly VariantEdits[]): VariantSignals {
  const byIndex = new Map(edits.map((variant) => [variant.index, variant]));
  return (_, variants) => {
    const texts = variants.map(({ index }, place) => {
      const text = renamedText(gate, byIndex.get(index)?.edits ?? [], nameOf(place));
      return { path: `variant ${index}`, text };
    });
    const { gates, problems } = compileGates(texts);
    const [problem] = problems;
    if (problem !== undefined)
      throw new AppError(
        'SOS_GATE_INVALID',
        `expected variants that compile, found ${problem.file}: ${problem.message}`,
      );
    return createSignalSource(gates, { chain: job.chain });
  };
}
