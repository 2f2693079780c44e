import { parseAxis, planVariants, type ParameterAxis, type ParameterSet, type SweepDesign } from '@sos/backtester';
import { AppError, didYouMean } from '@sos/domain';
import { compileGates, type CompiledGate } from '@sos/gates';
import { parseSeed } from '../options/numbers.js';
import { parseCount } from './prepare-research.js';
import type { VariantEdits } from './research-job.js';
import { checkParameters, editedText, parameterEdits } from './variant-texts.js';

/** How a sweep chooses its variants, as given. */
export interface SweepPlanOptions {
  readonly param: readonly string[];
  readonly design: string;
  readonly samples: string;
  readonly sampleSeed: string;
}

/** The variants of a sweep. */
export interface PlannedSweep {
  readonly design: SweepDesign;
  readonly axes: readonly ParameterAxis[];
  /** Parameters of each variant, by its index. */
  readonly params: readonly ParameterSet[];
  readonly variants: readonly VariantEdits[];
  /** Parameter sets that the gate checker refused, with what it said of the first: they are no variants. */
  readonly refused: { readonly count: number; readonly first: string } | null;
}

const DESIGNS = ['grid', 'random', 'latin'] as const;

function designOf(text: string): SweepDesign {
  const found = DESIGNS.find((name) => name === text);
  if (found !== undefined) return found;
  throw new AppError(
    'SOS_INPUT',
    `expected --design ${DESIGNS.join(', ')}, found "${text}"${didYouMean(text, DESIGNS)}`,
  );
}

/** Plans the variants of a gate and has each of them checked as a gate file of its own. @throws SOS_INPUT, SOS_GATE_INVALID when no variant is possible */
export function planSweep(gate: CompiledGate, options: SweepPlanOptions): PlannedSweep {
  const axes = options.param.map(parseAxis);
  checkParameters(gate, axes);
  const design = designOf(options.design);
  const samples = parseCount('--samples', options.samples, [1, 100_000]);
  const points = planVariants({ design, axes, samples, seed: parseSeed(options.sampleSeed) });
  const params: ParameterSet[] = [];
  const variants: VariantEdits[] = [];
  const refusals: string[] = [];
  for (const point of points) {
    const edits = parameterEdits(gate, point);
    const { problems } = compileGates([{ path: gate.source.file, text: editedText(gate.source.text, edits) }]);
    const [problem] = problems;
    if (problem !== undefined) {
      refusals.push(`${JSON.stringify(point)} ${problem.path} ${problem.message}`);
      continue;
    }
    variants.push({ index: variants.length, edits });
    params.push(point);
  }
  const [first] = refusals;
  if (variants.length === 0)
    throw new AppError('SOS_GATE_INVALID', `expected at least one possible variant, found none: ${first ?? ''}`);
  return { design, axes, params, variants, refused: first === undefined ? null : { count: refusals.length, first } };
}
