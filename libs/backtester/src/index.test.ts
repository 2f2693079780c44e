import * as backtester from './index.js';

it('exports exactly these names', () => {
  expect(Object.keys(backtester).sort()).toEqual([
    'DayReplay',
    'checkWarmUp',
    'findLookahead',
    'logDecisions',
    'replayDay',
    'runBacktest',
  ]);
});
