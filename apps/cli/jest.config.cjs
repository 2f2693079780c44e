module.exports = { ...require('../../jest.preset.cjs')('cli'), globalTeardown: '<rootDir>/jest.teardown.cjs' };
