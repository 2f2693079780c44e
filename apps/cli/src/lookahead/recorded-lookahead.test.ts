import { existsSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { runInMemory } from '../fixtures/memory-io.js';
import { sharedDatabase } from '../fixtures/shared-database.js';
import { findCheckout } from '../settings/find-checkout.js';

jest.setTimeout(180_000);

const DATA = process.env['SOS_SHARED_DATA'] ?? path.join(findCheckout() ?? '.', '..', 'shared', 'data');
const INDEX = path.join(DATA, 'index-1m-2021-2023');
const CHAIN = 'chain-1m-2025-08-29';
const present = existsSync(INDEX) || process.env['SOS_REQUIRE_SHARED_DATA'] === '1';
const title = present ? 'look-ahead on recorded days' : `look-ahead on recorded days [needs recorded data in ${DATA}]`;

/** Chosen files of a recorded data set, as a folder of their own. */
function someFiles(below: string, set: string, wanted: (name: string, place: number) => boolean): string {
  const folder = path.join(below, path.basename(set));
  mkdirSync(folder);
  const files = readdirSync(set, { recursive: true, encoding: 'utf8' }).filter((name) => /\.(txt|parquet)$/.test(name));
  for (const file of files.sort().filter(wanted))
    symlinkSync(path.join(set, file), path.join(folder, path.basename(file)));
  return folder;
}

interface Session {
  readonly date: string;
  readonly instants: number;
  readonly decisions: number;
  readonly findings: readonly unknown[];
}

(present ? describe : describe.skip)(title, () => {
  const { folder, env } = sharedDatabase();
  const sos = (...argv: string[]) => runInMemory([...argv, '--data-dir', folder()], { cwd: folder(), env: env() });

  async function search(...argv: string[]): Promise<{ code: number; gates: string[]; sessions: Session[] }> {
    const { code, out, err } = await sos('lookahead', '--extras', '--json', ...argv);
    if (out === '') throw new Error(err);
    return { code, ...JSON.parse(out) };
  }

  it('no alarm on the 32 shipped gates over twenty recorded sessions with modelled premiums', async () => {
    const months = someFiles(folder(), INDEX, (name) => /2021 DEC NIFTY|2022 JAN NIFTY/.test(name));
    expect((await sos('import', 'index-bars', months, '--json')).code).toBe(0);
    const found = await search('--premiums', 'modelled', '--dates', '2022-01-03..2022-01-31', '--cuts', '1');
    expect(found.sessions.flatMap(({ findings }) => findings)).toEqual([]);
    expect(found).toMatchObject({ code: 0 });
    expect([found.sessions.length, found.gates.length]).toEqual([20, 32]);
    expect(found.sessions.reduce((sum, { decisions }) => sum + decisions, 0)).toBeGreaterThan(20_000);
  });

  it('no alarm on a day of recorded chains', async () => {
    const pages = someFiles(folder(), path.join(DATA, CHAIN), (_, place) => place % 3 === 0);
    expect((await sos('import', 'nse-chain', pages, '--json')).code).toBe(0);
    const found = await search('--dates', '2025-08-29', '--source', 'imported', '--thorough');
    expect(found.sessions).toMatchObject([{ date: '2025-08-29', findings: [] }]);
    expect(found.sessions[0]?.decisions).toBeGreaterThan(100);
  });
});
