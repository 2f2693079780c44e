import type { MinuteState, ServerMessage } from '@sos/contracts';
import { afterMessage } from './replay-view.js';

const bars = (...close: number[]) => ({
  time: close.map((_, i) => 60_000 * (i + 1)),
  open: close,
  high: close,
  low: close,
  close,
  volume: close.map(() => null),
  openInterest: close.map(() => null),
});
const minute = (bar: number): MinuteState => ({
  bar,
  time: null,
  regime: 'UNKNOWN',
  chain: null,
  gates: [],
  positions: [],
  realisedPaise: 0,
  trades: 0,
});
const head = { v: 2, seq: 1 } as const;
const history: ServerMessage = {
  ...head,
  type: 'replay.history',
  session: 's',
  symbol: 'NIFTY',
  date: '2026-01-12',
  source: 'simulated',
  origins: [],
  volumeSource: 'future',
  bars: 375,
  strike: 25_700,
  index: bars(1, 2),
  pair: [{ contract: 'CE', source: 'simulated', bars: bars(5) }],
  decisions: [],
  trades: [],
  minute: minute(2),
};

describe('view of a replay', () => {
  test('a minute is put to the end of what was known, a history replaces it', () => {
    const first = afterMessage(null, history);
    const next = afterMessage(first, {
      ...head,
      type: 'replay.minute',
      index: bars(3),
      pair: [{ contract: 'CE', source: 'simulated', bars: bars() }],
      decisions: [],
      trades: [],
      minute: minute(3),
    });
    expect([next?.index.close, next?.pair[0]?.bars.close, next?.minute.bar]).toEqual([[1, 2, 3], [5], 3]);
    expect(afterMessage(next, history)?.index.close).toEqual([1, 2]);
  });
  test('nothing is shown before the first history', () => {
    expect(
      afterMessage(null, { ...head, type: 'replay.state', status: 'playing', bar: 1, bars: 2, speed: 60 }),
    ).toBeNull();
  });
  test('the state of the playback survives a history', () => {
    const playing = afterMessage(afterMessage(null, history), {
      ...head,
      type: 'replay.state',
      status: 'playing',
      bar: 2,
      bars: 375,
      speed: 120,
    });
    expect(afterMessage(playing, history)?.playback).toEqual({ status: 'playing', speed: 120 });
  });
});
