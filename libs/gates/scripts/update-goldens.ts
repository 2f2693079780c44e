import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { decideOnRecordedSessions, goldenPath, type Golden } from '../src/fixtures/goldens.js';
import { MISSING_DATA } from '../src/fixtures/real-session.js';
import { compileStrategies } from '../src/fixtures/strategy-files.js';

// Rewrites strategies/goldens where decisions changed. A reason is required and kept in the file.
// Run: node --conditions=@sos/source --import tsx libs/gates/scripts/update-goldens.ts "why the decisions changed"
const reason = process.argv[2]?.trim() ?? '';
if (reason.length < 10) throw new Error('expected a reason of at least 10 characters as the first argument');
if (MISSING_DATA !== null) throw new Error(MISSING_DATA);

function oldGolden(file: string): Golden | null {
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Golden) : null;
}

let written = 0;
for (const decisions of decideOnRecordedSessions(compileStrategies().gates)) {
  const file = goldenPath(decisions.gate);
  const old = oldGolden(file);
  if (old?.sha256 === decisions.sha256 && old.version === decisions.version) continue;
  mkdirSync(path.dirname(file), { recursive: true });
  const golden: Golden = { ...decisions, reasons: [...(old?.reasons ?? []), reason] };
  writeFileSync(file, `${JSON.stringify(golden, null, 2)}\n`);
  written++;
}
process.stdout.write(`${written} goldens written\n`);
