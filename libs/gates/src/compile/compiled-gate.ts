import type { GateFile } from '../gate-file/gate-schema.js';
import type { GateSource } from '../gate-file/gate-problem.js';
import type { Fact } from '../language/fact.js';
import type { Graph } from '../graph/graph.js';
import type { GateProfile } from '../signal-source.js';

/** One condition: its text, its node in the shared graph and what must hold for it to be true. */
export interface CompiledCondition {
  readonly text: string;
  readonly path: readonly PropertyKey[];
  readonly node: number;
  readonly facts: readonly Fact[];
  readonly vacuous: boolean;
}

export interface CompiledCapture {
  readonly name: string;
  readonly node: number;
}

export interface CompiledPhase {
  readonly id: string;
  readonly when: readonly CompiledCondition[];
  readonly captures: readonly CompiledCapture[];
  /** 0 = no limit in bars. */
  readonly timeoutBars: number;
  /** 0 = no limit in minutes. */
  readonly timeoutMinutes: number;
  readonly sameBar: boolean;
}

/** A gate ready to run: everything refers to nodes of the shared graph. */
export interface CompiledGate {
  readonly profile: GateProfile;
  readonly file: GateFile;
  readonly source: GateSource;
  readonly filter: readonly CompiledCondition[];
  readonly phases: readonly CompiledPhase[];
  readonly levels: { readonly entry: number; readonly stop: number; readonly target: number };
  /** Bars of history after which decisions no longer depend on older ones. */
  readonly warmUpBars: number;
  readonly unusedParams: readonly string[];
  readonly unusedCaptures: readonly string[];
}

/** All gates of a run over one graph of distinct sub-expressions; made by `compileGates`. */
export interface CompiledGates {
  readonly graph: Graph;
  /** By priority (high first), then by id. */
  readonly gates: readonly CompiledGate[];
  /** The longest warm-up of all gates, in bars. */
  readonly warmUpBars: number;
}
