module.exports = {
  ...require('../../jest.preset.cjs')('web-e2e'),
  globalSetup: '<rootDir>/src/global-setup.ts',
  globalTeardown: '<rootDir>/src/global-teardown.ts',
};
