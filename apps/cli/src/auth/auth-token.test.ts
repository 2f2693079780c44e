import { createHash } from 'node:crypto';
import { chmodSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { failureLines, runInMemory } from '../fixtures/memory-io.js';
import { tempFolder } from '../fixtures/temp-folder.js';

describe('sos auth token', () => {
  const folder = tempFolder();
  const file = (): string => path.join(folder(), 'secrets', 'api-tokens');
  const make = (...argv: string[]) => runInMemory(['auth', 'token', ...argv, '--data-dir', folder()]);
  const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

  it('prints a token of 256 bits once and keeps no more than its hash, for its owner only', async () => {
    const made = await make();
    const token = made.out.trim();
    expect([made.code, Buffer.from(token, 'base64url').length]).toEqual([0, 32]);
    expect(made.err).not.toContain(token);
    expect(readFileSync(file(), 'utf8')).toBe(`${sha256(token)} 2026-11-20 10:00:00 IST\n`);
    expect([statSync(file()).mode & 0o777, statSync(path.dirname(file())).mode & 0o777]).toEqual([0o600, 0o700]);
  });

  it('adds to those in force, or ends them', async () => {
    const [first, second] = [(await make()).out.trim(), (await make()).out.trim()];
    const hashes = (): string[] => readFileSync(file(), 'utf8').match(/^[0-9a-f]{64}/gm) ?? [];
    expect(hashes()).toEqual([sha256(first), sha256(second)]);
    const third = (await make('--revoke-others')).out.trim();
    expect(hashes()).toEqual([sha256(third)]);
  });

  it('refuses a file that others can read', async () => {
    await make();
    chmodSync(file(), 0o644);
    expect(failureLines(await make()).error).toContain('readable by its owner only');
  });
});
