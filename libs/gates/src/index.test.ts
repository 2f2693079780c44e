import * as gates from './index.js';

test('the public names of the library are these', () => {
  expect(Object.keys(gates).sort()).toEqual([
    'DEFAULT_CHAIN_OPTIONS',
    'ExplainingSource',
    'GATE_FUNCTIONS',
    'GATE_VARIABLES',
    'WhyNot',
    'compileGates',
    'createSignalSource',
    'formatProblem',
    'gateJsonSchema',
    'gateProblemsError',
    'importSeedGate',
    'lintGates',
    'remedyOf',
    'stopText',
    'whatWouldPass',
  ]);
});
