import * as marketData from './index.js';

test('the public names of the library', () => {
  expect(Object.keys(marketData).sort()).toEqual([
    'IMPORT_KINDS',
    'MemorySink',
    'QUARANTINE_REASONS',
    'REPAIR_REASONS',
    'TickFolder',
    'barsOfSnapshots',
    'chainOfTicks',
    'createModelledMarket',
    'createSimulatedMarket',
    'forwardOfPairs',
    'importerFor',
    'importers',
    'kindsOf',
    'modelPremiums',
    'readTick',
    'runImport',
    'seriesOfMinutes',
    'underlyingOfChains',
    'underlyingOfTicks',
  ]);
});
