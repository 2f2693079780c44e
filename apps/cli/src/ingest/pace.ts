import type { IngestProgress } from '@sos/market-data';

const MS = 1_000;
const MINUTE = 60;

function timeLeft(seconds: number): string {
  if (!Number.isFinite(seconds)) return '';
  return seconds < MINUTE ? `, ${Math.ceil(seconds)} s left` : `, ${Math.ceil(seconds / MINUTE)} min left`;
}

/** What a run is asking for, how fast it is, and how long what is planned takes at that rate. @param elapsedMs since the run began */
export function paceText({ asking, requestsDone, requestsPlanned, rows }: IngestProgress, elapsedMs: number): string {
  if (requestsDone === 0 || elapsedMs <= 0) return asking;
  const rate = (requestsDone * MS) / elapsedMs;
  const left = timeLeft((requestsPlanned - requestsDone) / rate);
  return `${asking}: ${rate.toFixed(1)} requests/s, ${rows.toLocaleString('en-IN')} rows${left}`;
}
