import * as gates from './index.js';

test('the public names of the library are these', () => {
  expect(Object.keys(gates).sort()).toEqual([
    'DEFAULT_CHAIN_OPTIONS',
    'GATE_FUNCTIONS',
    'GATE_VARIABLES',
    'compileGates',
    'createSignalSource',
    'formatProblem',
    'gateJsonSchema',
    'gateProblemsError',
    'importSeedGate',
    'lintGates',
    'remedyOf',
  ]);
});
