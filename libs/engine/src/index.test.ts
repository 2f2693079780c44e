import * as engine from './index.js';

it('exports exactly these names', () => {
  expect(Object.keys(engine).sort()).toEqual([
    'DEFAULT_ENGINE_CONFIG',
    'ENGINE_VERSION',
    'LimitChase',
    'canonicalConfig',
    'makeEffects',
    'makeEngineConfig',
    'makeEngineState',
    'rulebookRules',
    'sliceUnits',
    'step',
  ]);
});
