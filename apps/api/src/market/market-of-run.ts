import type { SessionCoverage } from '@sos/backtester';

const SIMULATED = /\(SIMULATED, seed ([^)]+)\)$/;
const MODELLED = /\(MODELLED, seed ([^)]+)\)$/;
const STORED_SIMULATION = /^(SIMULATED-seed-\S+) \(simulated\)$/;

function marketOf(origins: readonly string[]): string {
  for (const origin of origins) {
    const stored = STORED_SIMULATION.exec(origin)?.[1];
    if (stored !== undefined) return stored;
    const simulated = SIMULATED.exec(origin)?.[1];
    if (simulated !== undefined) return `simulated:${simulated}`;
    const modelled = MODELLED.exec(origin)?.[1];
    if (modelled !== undefined) return `modelled:${modelled}`;
  }
  return 'imported';
}

/** The market that each day of a run can be read from again, by day: what its coverage says the day came from. */
export function marketsOfRun(coverage: readonly SessionCoverage[]): Record<string, string> {
  return Object.fromEntries(coverage.map(({ date, origins }) => [date, marketOf(origins)]));
}
