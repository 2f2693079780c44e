import { createSignalSource } from './machine/create-signal-source.js';
import { runFixture } from './fixtures/gate-fixture.js';
import { compileStrategies, readFixtures, readStrategies } from './fixtures/strategy-files.js';

const { gates, problems } = compileStrategies();
const fixtures = readFixtures();
const ids = gates.gates.map((gate) => gate.profile.id);

test('every gate of the strategies folder is valid: no unknown word, type, unit or impossible condition', () => {
  expect(problems).toEqual([]);
  expect(ids).toHaveLength(32);
});

test('the 18 seed gates of seed-systems.md §2.5 are all there', () => {
  const seeds = gates.gates
    .map((gate) => /^seed gate (\d+)/.exec(gate.file.origin)?.[1])
    .filter((n) => n !== undefined);
  expect(seeds.map(Number).sort((a, b) => a - b)).toEqual(Array.from({ length: 18 }, (_, i) => i + 1));
  expect(readStrategies('.')).toHaveLength(18);
});

test('every file names its schema by a path that exists from where it stands', () => {
  for (const { file } of gates.gates)
    expect(file.$schema).toMatch(/^(\.\.\/){1,2}libs\/gates\/schema\/gate\.schema\.json$/);
});

test('no gate has a parameter or capture that nothing reads', () => {
  expect(gates.gates.flatMap((gate) => [...gate.unusedParams, ...gate.unusedCaptures])).toEqual([]);
});

describe.each(ids)('%s', (id) => {
  const fixture = fixtures.get(id);

  test('fires on its fixture, once, with these levels', () => {
    if (fixture === undefined) throw new Error(`expected a fixture of ${id} in strategies/fixtures`);
    const { signals } = runFixture(createSignalSource(gates, { select: [id] }), fixture, fixture.chain);
    const { bar, regime, entry, stop, target, sizeMultiplier } = fixture.fires;
    expect(signals).toHaveLength(1);
    expect(signals[0]).toMatchObject({ bar, regime, sizeMultiplier });
    expect(signals[0]?.entry).toBeCloseTo(entry, 6);
    expect(signals[0]?.stop).toBeCloseTo(stop, 6);
    expect(signals[0]?.target).toBeCloseTo(target, 6);
  });

  test('is vetoed on the same bars when the put-call ratio turns against it', () => {
    if (fixture === undefined) throw new Error(`expected a fixture of ${id} in strategies/fixtures`);
    const { chain, bar, condition } = fixture.vetoed;
    const run = runFixture(createSignalSource(gates, { select: [id] }), fixture, chain);
    expect(run).toEqual({ signals: [], vetoes: [{ bar, condition, unknown: false }] });
  });
});
