import * as exchangeSim from './index.js';

test('the public names of the app', () => {
  expect(Object.keys(exchangeSim).sort()).toEqual([
    'StandingClock',
    'createExchangeServer',
    'createNseServer',
    'createTradingViewServer',
    'createTrendlyneServer',
    'runningClock',
  ]);
});
