import { readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Entry } from './contestant.js';
import { interleave } from './interleave.js';
import { forPlainNode } from './plain-node.js';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const PRICING = 'libs/math-engine/src/pricing';
const ROUNDS = 9;

function sources(folder: string): string[] {
  return readdirSync(path.join(ROOT, folder))
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .map((file) => `${folder}/${file}`);
}

/** Contestants of `pricing-contestants.ts`, measured turn by turn. */
export async function pricingEntries(names: readonly string[]): Promise<Map<string, Entry>> {
  const file = forPlainNode([
    'tools/bench/math/pricing-contestants.ts',
    'tools/bench/math/contestant.ts',
    'tools/bench/math/measure.ts',
    'tools/bench/math/option-rows.ts',
    ...sources(`${PRICING}/fixtures`),
    ...sources(PRICING),
  ]);
  const entries = await interleave(file, names, ROUNDS);
  return new Map(names.map((name, i) => [name, entries[i] as Entry]));
}

/** The entry of a name that was measured. */
export function entryOf(entries: ReadonlyMap<string, Entry>, name: string): Entry {
  const found = entries.get(name);
  if (found === undefined) throw new Error(`expected figures of "${name}", found none`);
  return found;
}
