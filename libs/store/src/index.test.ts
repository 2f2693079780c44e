import * as store from './index.js';

test('the public names of the store', () => {
  expect(Object.keys(store).sort()).toEqual([
    'QUALITY',
    'databaseStatus',
    'ensureDatabase',
    'maskUrl',
    'migrate',
    'openResearchQueue',
    'openStore',
    'stopDatabase',
  ]);
});
