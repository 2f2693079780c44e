// Mutation testing of money, charges, statistics and pricing: `mutation.mjs [library…]`. Ends with `N passed, N failed`.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { node, program, ROOT } from './libraries.mjs';

// Scores are of the exact tests alone, the same for everybody: without recorded data, and on thin grids (see the tests that ask).
process.env.SOS_MUTATION = '1';
process.env.SOS_SHARED_DATA = path.join(ROOT, 'test-output', 'no-recorded-data');
delete process.env.SOS_REQUIRE_SHARED_DATA;

const measured = readdirSync(path.join(ROOT, 'libs')).filter((name) =>
  existsSync(path.join(ROOT, 'libs', name, 'stryker.config.mjs')),
);
const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !measured.includes(name));
if (unknown.length > 0) {
  process.stderr.write(`error: expected libraries of ${measured.join(', ')}, found ${unknown.join(', ')}\n`);
  process.exit(2);
}

/** Killed and timed-out mutants of all that compiled, in percent. */
function scoreOf(library) {
  const report = JSON.parse(readFileSync(path.join(ROOT, 'test-output', 'stryker', `${library}.json`), 'utf8'));
  const statuses = Object.values(report.files).flatMap((file) => file.mutants.map((mutant) => mutant.status));
  const count = (...wanted) => statuses.filter((status) => wanted.includes(status)).length;
  const detected = count('Killed', 'Timeout');
  const valid = detected + count('Survived', 'NoCoverage');
  return { detected, valid, score: (100 * detected) / valid };
}

const tally = { passed: 0, failed: 0 };
for (const library of asked.length > 0 ? asked : measured) {
  const { status, output } = node([
    program('@stryker-mutator/core/bin/stryker.js'),
    'run',
    `libs/${library}/stryker.config.mjs`,
  ]);
  tally[status === 0 ? 'passed' : 'failed']++;
  if (status !== 0) process.stdout.write(`${output}\n`);
  const { detected, valid, score } = scoreOf(library);
  process.stdout.write(
    `${status === 0 ? 'ok' : 'FAILED'}: ${library} ${score.toFixed(1)} % (${detected} of ${valid})\n`,
  );
}
process.stdout.write(`\n${tally.passed} passed, ${tally.failed} failed\n`);
process.exitCode = tally.failed === 0 ? 0 : 1;
