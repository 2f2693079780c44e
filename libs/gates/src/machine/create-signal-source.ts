import { AppError, didYouMean } from '@sos/domain';
import { chainOptions } from '../chain/chain-options.js';
import type { CompiledGates } from '../compile/compiled-gate.js';
import { SignalMachine, type GateSignalSource, type SignalSourceOptions } from './signal-machine.js';

/**
 * Makes a fresh source of signals over compiled gates: indicators cold, every gate in its first phase. Sources of the same gates share nothing that changes.
 * @throws SOS_UNKNOWN_GATE for an id in `select` that is not among the gates; SOS_INPUT for chain options outside their range
 */
export function createSignalSource(compiled: CompiledGates, options: SignalSourceOptions = {}): GateSignalSource {
  const { select } = options;
  const ids = compiled.gates.map((gate) => gate.profile.id);
  for (const id of select ?? [])
    if (!ids.includes(id))
      throw new AppError('SOS_UNKNOWN_GATE', `expected the id of a loaded gate, found "${id}"${didYouMean(id, ids)}`);
  const gates = compiled.gates.filter(({ profile }) => select === undefined || select.includes(profile.id));
  return new SignalMachine(compiled, gates, chainOptions(options.chain));
}
