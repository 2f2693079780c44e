module.exports = require('../../jest.preset.cjs')('math-engine');
