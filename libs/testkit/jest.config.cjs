module.exports = require('../../jest.preset.cjs')('testkit');
