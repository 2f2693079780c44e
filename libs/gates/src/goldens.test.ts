import { readFileSync } from 'node:fs';
import { decideOnRecordedSessions, goldenPath, type Decisions, type Golden } from './fixtures/goldens.js';
import { MISSING_DATA } from './fixtures/real-session.js';
import { compileStrategies } from './fixtures/strategy-files.js';

const { gates } = compileStrategies();
function withoutReasons(golden: Golden): Decisions {
  const decisions: Partial<Golden> = { ...golden };
  Reflect.deleteProperty(decisions, 'reasons');
  return decisions as Decisions;
}

const remedy = 'libs/gates/scripts/update-goldens.ts "why"';

(MISSING_DATA === null ? test : test.skip)(
  `every gate decides on recorded sessions what its golden says, else ${remedy} ${MISSING_DATA ?? ''}`,
  () => {
    const goldens = gates.gates.map(
      ({ profile }) => JSON.parse(readFileSync(goldenPath(profile.id), 'utf8')) as Golden,
    );
    expect(decideOnRecordedSessions(gates)).toEqual(goldens.map(withoutReasons));
    expect(decideOnRecordedSessions(gates, true)).toEqual(goldens.map(withoutReasons));
  },
);

test('every golden says why its decisions are what they are', () => {
  for (const { profile } of gates.gates) {
    const golden = JSON.parse(readFileSync(goldenPath(profile.id), 'utf8')) as Golden;
    expect(golden.reasons.length).toBeGreaterThan(0);
  }
});
