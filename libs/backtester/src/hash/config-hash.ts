import { bytesToHex } from '@noble/hashes/utils';
import { sha256 } from '@noble/hashes/sha2';
import type { Underlying } from '@sos/domain';
import { ENGINE_VERSION, canonicalConfig, type EngineConfig } from '@sos/engine';
import type { SignalSource } from '@sos/gates';

/** Everything but the data that decides a run's ledger. */
export interface RunSetup {
  readonly config: EngineConfig;
  readonly rulebookVersion: string;
  readonly warmUpBars: number;
  readonly underlyings: readonly { readonly underlying: Underlying; readonly signals: SignalSource }[];
  /** Text or hash of the full gate definitions, given by whoever loaded them. */
  readonly gatesText: string;
}

function gateLines(underlying: Underlying, signals: SignalSource): string[] {
  return signals.gates.map((g, i) => {
    const cells = [g.bias, g.option.steps, g.option.expiry, g.timeExitMinutes, g.breakEvenAt, g.priority];
    const window = [g.entryFromMinute, g.entryToMinute, JSON.stringify(g.execution ?? null)];
    return JSON.stringify([underlying, g.id, ...cells, ...window, ...signals.conditionsOf(i)]);
  });
}

/** SHA-256 (hex) of engine settings, rulebook and engine version, warm-up and gates. */
export function configHash(setup: RunSetup): string {
  const lines = [
    `engine ${ENGINE_VERSION}`,
    `rulebook ${setup.rulebookVersion}`,
    `warm-up ${setup.warmUpBars}`,
    canonicalConfig(setup.config),
    ...setup.underlyings.flatMap((u) => gateLines(u.underlying, u.signals)),
    `gates ${setup.gatesText}`,
  ];
  return bytesToHex(sha256(lines.join('\n')));
}
