module.exports = require('../../jest.preset.cjs')('exchange-sim');
