module.exports = {
  ...require('../../jest.preset.cjs')('web-e2e'),
  globalSetup: '<rootDir>/jest.setup.cjs',
  globalTeardown: '<rootDir>/jest.teardown.cjs',
  setupFiles: ['<rootDir>/jest.patience.cjs'],
};
