module.exports = require('../../jest.preset.cjs')('symbol-master');
