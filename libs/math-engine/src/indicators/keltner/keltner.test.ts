import { Keltner } from './keltner.js';

test('bands lie a multiple of the true range from the average', () => {
  const channel = new Keltner({ period: 2, atrPeriod: 1, multiplier: 2 });
  channel.add(11, 9, 10);
  channel.add(13, 10, 12);
  expect([channel.lower, channel.middle, channel.upper]).toEqual([5, 11, 17]);
});
