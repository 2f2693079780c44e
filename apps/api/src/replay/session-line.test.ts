import type { ServerMessage } from '@sos/contracts';
import { SessionLine } from './session-line.js';

const error = (message: string) => ({ type: 'error', code: 'SOS_INPUT', message }) as const;

test('what was said while nobody listened is said again in order, once', () => {
  const line = new SessionLine();
  line.say(error('a'));
  line.say(error('b'));
  const heard: ServerMessage[] = [];
  line.listen((message) => heard.push(message));
  expect(line.repeatAfter(1)).toBe(true);
  line.say(error('c'));
  expect(heard.map((m) => [m.seq, m.type === 'error' ? m.message : ''])).toEqual([
    [2, 'b'],
    [3, 'c'],
  ]);
});

test('what is no longer kept, or was never said, cannot be repeated', () => {
  const line = new SessionLine();
  for (let i = 0; i < 500; i++) line.say(error(String(i)));
  expect([
    line.repeatAfter(0),
    line.repeatAfter(99),
    line.repeatAfter(100),
    line.repeatAfter(500),
    line.repeatAfter(501),
  ]).toEqual([false, false, true, true, false]);
});
