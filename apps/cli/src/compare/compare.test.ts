import { smallRun } from '../fixtures/small-run.js';
import type { RunDossier } from '../run-folder/run-dossier.js';
import { compareInputs } from './compare-inputs.js';
import { valueDifferences } from './value-differences.js';
import { verdictOf } from './verdict.js';

describe('differences of two JSON documents', () => {
  it('are named by path, whatever is added, removed or of another kind', () => {
    const before = { a: 1, list: [1, 2], deep: { 'odd key': true, same: null }, gone: 'x', kind: [] };
    const after = { a: 2, list: [1, 3, 4], deep: { 'odd key': false, same: null }, kind: {}, come: 0 };
    expect(valueDifferences(before, after)).toEqual([
      { path: '$.a', before: 1, after: 2 },
      { path: '$.list[1]', before: 2, after: 3 },
      { path: '$.list[2]', before: undefined, after: 4 },
      { path: '$.deep["odd key"]', before: true, after: false },
      { path: '$.gone', before: 'x', after: undefined },
      { path: '$.kind', before: [], after: {} },
      { path: '$.come', before: undefined, after: 0 },
    ]);
  });
});

describe('what made two runs', () => {
  const gate = (id: string, title: string): RunDossier['gates'][number] => ({
    file: `${id}.json`,
    text: JSON.stringify({ id, title }),
  });
  const dossier = (gates: RunDossier['gates']): RunDossier => ({ config: {}, gates, rules: [], stamps: [] });
  const run = smallRun();

  it('names gates by their id: only in one, changed, and not one that is only laid out otherwise', () => {
    const spaced = { file: 'other-name.json', text: JSON.stringify({ id: 'SAME', title: 's' }, null, 2) };
    const a = { result: run, dossier: dossier([gate('SAME', 's'), gate('OLD', 'o'), gate('NEW', 'n')]) };
    const b = { result: run, dossier: dossier([spaced, gate('NEW', 'm'), { file: 'text', text: 'no JSON' }]) };
    expect(compareInputs(a, b).gates).toEqual([
      { name: 'OLD', kind: 'only in A', differences: [] },
      { name: 'NEW', kind: 'changed', differences: [{ path: '$.title', before: 'n', after: 'm' }] },
      { name: 'text', kind: 'only in B', differences: [] },
    ]);
  });

  const of = (change: Partial<typeof run>) =>
    verdictOf(compareInputs({ result: run, dossier: null }, { result: { ...run, ...change }, dossier: null }));

  it.each<[Partial<typeof run>, RegExp]>([
    [{}, /^the same in everything/],
    [{ ledgerHash: '2' }, /^NOT EXPLAINED: .* a defect of SOS$/],
    [{ ledgerHash: '2', dataHash: 'e' }, /^the ledgers differ, and so do the data$/],
    [
      { ledgerHash: '2', rulebookVersion: '2', engineVersion: '2', configHash: '2' },
      /so do the rulebook, the engine, configuration or gates$/,
    ],
    [{ configHash: '2' }, /^configuration or gates differ, and not one order, fill or trade does$/],
  ])('explain a difference, or say that they do not: %j', (change, verdict) => {
    expect(of(change)).toMatch(verdict);
  });
});
