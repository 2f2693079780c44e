module.exports = require('../../jest.preset.cjs')('gates');
