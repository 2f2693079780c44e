import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { istDateOf, sliceBars, type BarColumns, type ChainTape, type EpochMs, type Underlying } from '@sos/domain';
import { MemorySink, runImport } from '@sos/market-data';

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../..');

/** The folder of recorded data, or null where it is absent. */
export function recordedFolder(): string | null {
  const folder = process.env['SOS_SHARED_DATA'] ?? path.resolve(ROOT, '../shared/data');
  return existsSync(folder) ? folder : null;
}

/** Recorded index bars by session, full sessions only. */
export async function recordedDays(folder: string, dataset: string, underlying: Underlying): Promise<BarColumns[]> {
  const sink = new MemorySink();
  await runImport({ kind: 'index-bars', path: path.join(folder, dataset), sink });
  const batches = sink.candles.filter(
    (b) => b.contract.underlying === underlying && b.contract.kind === 'index' && b.minutes === 1,
  );
  return batches
    .flatMap(({ bars }) => sessionsOf(bars))
    .filter((day) => day.length === 375)
    .sort((a, b) => (a.time[0] as number) - (b.time[0] as number));
}

function sessionsOf(bars: BarColumns): BarColumns[] {
  const days: BarColumns[] = [];
  let from = 0;
  for (let i = 1; i <= bars.length; i++) {
    if (i < bars.length && istDateOf(bars.time[i] as EpochMs) === istDateOf(bars.time[from] as EpochMs)) continue;
    days.push(sliceBars(bars, from, i));
    from = i;
  }
  return days;
}

/** Recorded chains of a dataset, one tape per expiry and session. */
export async function recordedChains(folder: string, dataset: string, underlying: Underlying): Promise<ChainTape[]> {
  const sink = new MemorySink();
  await runImport({ kind: 'nse-chain', path: path.join(folder, dataset), sink });
  return sink.tapes.filter((tape) => tape.underlying === underlying);
}
