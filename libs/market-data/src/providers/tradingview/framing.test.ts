import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describeRecorded } from '../../importers/fixtures/shared-data.js';
import { FrameReader, callFrame, frameOf, type TvMessage } from './framing.js';

const read = (...texts: string[]): { messages: TvMessage[]; corrupt: string[] } => {
  const corrupt: string[] = [];
  const reader = new FrameReader((reason) => corrupt.push(reason));
  return { messages: texts.flatMap((text) => reader.push(new TextEncoder().encode(text))), corrupt };
};
const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

test('calls are framed as open clients of the vendor frame them', () => {
  // Golden frames of tvDatafeed and @mathieuc/tradingview.
  expect(text(callFrame('set_auth_token', ['unauthorized_user_token']))).toBe(
    '~m~54~m~{"m":"set_auth_token","p":["unauthorized_user_token"]}',
  );
  expect(text(callFrame('create_series', ['cs_abcdefghijkl', 's1', 's1', 'symbol_1', '1', 5000]))).toBe(
    '~m~75~m~{"m":"create_series","p":["cs_abcdefghijkl","s1","s1","symbol_1","1",5000]}',
  );
  expect(frameOf('~h~1')).toBe('~m~4~m~~h~1');
});

test('the length counts characters, not bytes', () => {
  expect(frameOf('{"m":"₹"}')).toBe('~m~9~m~{"m":"₹"}');
  expect(read('~m~9~m~{"m":"₹"}~m~4~m~~h~1').messages).toEqual([
    { kind: 'call', method: '₹', params: [] },
    { kind: 'heartbeat', payload: '~h~1' },
  ]);
});

test('heartbeats inside batches, a greeting, a frame over two messages', () => {
  const greeting = frameOf('{"session_id":"0.1_x","timestamp":1765771372,"protocol":"json","auth_scheme_vsn":2}');
  const { messages, corrupt } = read(`${greeting}~m~4~m~~h~1~m~17~m~{"m":"du"`, ',"p":[]}~m~5~m~~h~22');
  expect(messages).toEqual([
    { kind: 'greeting' },
    { kind: 'heartbeat', payload: '~h~1' },
    { kind: 'call', method: 'du', params: [] },
    { kind: 'heartbeat', payload: '~h~22' },
  ]);
  expect(corrupt).toEqual([]);
});

test('what is no frame, no message, or too long is told and left out', () => {
  expect(read('garbage~m~4~m~~h~1').corrupt).toEqual([
    'expected a TradingView frame ~m~length~m~, found "garbage~m~4~m~~h~1"',
  ]);
  expect(read('garbage~m~4~m~~h~1').messages).toHaveLength(1);
  expect(read('~m~4~m~{"m"~m~4~m~~h~2')).toEqual({
    messages: [{ kind: 'heartbeat', payload: '~h~2' }],
    corrupt: ['expected a TradingView message, found "{"m""'],
  });
  expect(read('~m~99999999~m~x~m~4~m~~h~3')).toEqual({
    messages: [{ kind: 'heartbeat', payload: '~h~3' }],
    corrupt: ['expected a TradingView frame of at most 16777216 characters, found one of 99999999'],
  });
});

test('a new connection begins without the rest of the old one', () => {
  const reader = new FrameReader((reason) => {
    throw new Error(reason);
  });
  expect(reader.push(new TextEncoder().encode('~m~400~m~{"m":'))).toEqual([]);
  reader.reset();
  expect(reader.push(new TextEncoder().encode('~m~4~m~~h~1'))).toHaveLength(1);
});

describeRecorded('tradingview-2026-01', (folder) => {
  test('every recorded socket message is read: several frames and heartbeats in one', () => {
    const lines = readFileSync(path.join(folder, 'tradingview_quote_ws_sample_2026-01-21.txt'), 'utf8').split('\n');
    const recorded = lines
      .filter((line) => line.startsWith('TradingView message: '))
      .map((line) => line.slice(21).trim());
    const { messages, corrupt } = read(...recorded);
    expect(corrupt).toEqual([]);
    expect(messages).toHaveLength(recorded.join('').split('~m~').length >> 1);
    expect(messages.filter(({ kind }) => kind === 'heartbeat').length).toBeGreaterThan(0);
    expect(messages[0]).toMatchObject({ kind: 'call', method: 'qsd' });
  });
});
