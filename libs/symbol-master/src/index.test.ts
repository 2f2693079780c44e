import * as symbolMaster from './index.js';

test('the public names of the symbol master', () => {
  expect(Object.keys(symbolMaster).sort()).toEqual([
    'atmStrike',
    'formatContractId',
    'futureContract',
    'indexContract',
    'nearestStrikeIndex',
    'optionContract',
    'parseContractId',
    'parseUnderlying',
    'strikeAt',
    'strikeLadder',
  ]);
});
