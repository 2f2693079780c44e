import { SessionVwap } from './session-vwap.js';

test('yesterday does not count', () => {
  const vwap = new SessionVwap();
  vwap.add(10, 10, 10, 1000);
  vwap.startSession();
  vwap.add(22, 19, 19, 1);
  expect(vwap.value).toBe(20);
});
