module.exports = { ...require('../../jest.preset.cjs')('store'), globalTeardown: '<rootDir>/jest.teardown.cjs' };
