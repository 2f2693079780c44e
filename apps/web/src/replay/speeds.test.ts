import { otherSpeed } from './speeds.js';

test('speed goes by steps from 1× to 200× and stays inside', () => {
  expect([otherSpeed(60, 1), otherSpeed(60, -1), otherSpeed(200, 1), otherSpeed(1, -1), otherSpeed(7, -1)]).toEqual([
    120, 30, 200, 1, 5,
  ]);
});
