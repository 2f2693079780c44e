module.exports = require('../../jest.preset.cjs')('market-data');
