import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '@sos/domain';
import { createRulebook, defaultRulebook, parseRuleRows, type RuleRow, type Rulebook } from '@sos/rulebook';

/** Where the user's own rows lie, in the data folder; a file whose name sorts later wins. */
export const RULEBOOK_FOLDER = 'rulebook.d';

/** The law as commands apply it. */
export interface LoadedRulebook {
  readonly rulebook: Rulebook;
  /** Files whose rows were added, in order. */
  readonly files: readonly string[];
}

async function namesIn(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => []);
  return names.filter((name) => name.endsWith('.json')).sort();
}

async function rowsOf(folder: string, name: string): Promise<RuleRow[]> {
  const text = await readFile(path.join(folder, name), 'utf8');
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new AppError(
      'SOS_CONFIG',
      `expected ${RULEBOOK_FOLDER}/${name} to be JSON, found: ${(cause as Error).message}`,
      { cause },
    );
  }
  return parseRuleRows(json, `${RULEBOOK_FOLDER}/${name}`);
}

/** The shipped rulebook with the rows of `<data folder>/rulebook.d/*.json`. @throws SOS_CONFIG naming file and place of the first wrong value */
export async function loadRulebook(dataDir: string): Promise<LoadedRulebook> {
  const folder = path.join(dataDir, RULEBOOK_FOLDER);
  const files = await namesIn(folder);
  if (files.length === 0) return { rulebook: defaultRulebook(), files };
  const rows = await Promise.all(files.map((name) => rowsOf(folder, name)));
  return { rulebook: createRulebook(rows.flat()), files: files.map((name) => `${RULEBOOK_FOLDER}/${name}`) };
}
