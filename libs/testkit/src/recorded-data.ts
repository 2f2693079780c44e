import { existsSync } from 'node:fs';
import path from 'node:path';

function checkout(): string {
  for (let folder = process.cwd(); ; folder = path.dirname(folder)) {
    if (existsSync(path.join(folder, 'nx.json'))) return folder;
    if (path.dirname(folder) === folder)
      throw new Error(`expected a checkout of SOS above ${process.cwd()}, found none`);
  }
}

/** Folder of the recorded market data: `SOS_SHARED_DATA`, else `../shared/data` beside the checkout. It is not part of the project. */
export function recordedDataFolder(): string {
  return process.env['SOS_SHARED_DATA'] ?? path.join(checkout(), '..', 'shared', 'data');
}

/** Path of a recorded set. */
export function recordedData(...parts: string[]): string {
  return path.join(recordedDataFolder(), ...parts);
}

/**
 * A `describe` that needs a recorded set: skipped, saying so, where the set is absent; run (and therefore failing) where
 * `SOS_REQUIRE_SHARED_DATA=1` promises it.
 */
export function describeWithRecordedData(set: string, title: string, body: () => void): void {
  const present = existsSync(recordedData(set)) || process.env['SOS_REQUIRE_SHARED_DATA'] === '1';
  if (present) describe(title, body);
  // The body is not even collected: it may read the data outside of its tests.
  else test.skip(`${title} [needs recorded data "${set}" in ${recordedDataFolder()}]`, () => undefined);
}

/** A `test` of the deep suite: run by `npm run test:deep` only. */
export function deepTest(title: string, body: () => Promise<void>): void {
  if (process.env['SOS_DEEP'] === '1') test(title, body, 600_000);
  else test.skip(`${title} [deep]`, body);
}
