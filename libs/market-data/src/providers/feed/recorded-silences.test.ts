import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { istInstant, parseIstDate, type EpochMs } from '@sos/domain';
import { describeRecorded } from '../../importers/fixtures/shared-data.js';
import { VirtualRuntime } from '../fixtures/virtual-runtime.js';
import { FeedLink } from './feed-link.js';
import type { SocketEvents } from './feed-socket.js';

const DAY = parseIstDate('2025-12-15');
const DEEP = process.env['SOS_DEEP'] === '1';
// The stretch with the outages; the deep suite takes the whole day of all instruments.
const FROM = istInstant(DAY, DEEP ? '09:15' : '10:45');
const TO = istInstant(DAY, DEEP ? '15:30' : '11:15');
const INSTRUMENTS = DEEP ? 9 : 3;
const LONG = DEEP ? [39, 124, 91, 74] : [125, 91];
const STAMP = /"_insertion_time"\s*:\s*"2025-12-15[ T](\d{2}:\d{2}:\d{2})(\.\d+)?/g;

/** When messages of the options came, by the recorder's clock. */
function arrivals(folder: string): number[] {
  const files = readdirSync(folder).filter((name) => name.endsWith('.gz'));
  const times = files.slice(0, INSTRUMENTS).flatMap((name) => {
    const text = gunzipSync(readFileSync(path.join(folder, name))).toString('latin1');
    return [...text.matchAll(STAMP)].map((m) => istInstant(DAY, m[1] ?? '') + Math.floor(Number(m[2] ?? 0) * 1000));
  });
  return times.filter((at) => at >= FROM && at < TO).sort((a, b) => a - b);
}

describeRecorded('upstox-ticks-2025-12-15', (folder) => {
  test('every real silence is told within five seconds, and nothing else is', async () => {
    const times = arrivals(folder);
    const first = times[0] as number;
    const runtime = new VirtualRuntime(first as EpochMs);
    const stalls: number[] = [];
    let events: SocketEvents | null = null;
    runtime.connect = (_url, opened) => {
      events = opened;
      setImmediate(() => opened.open());
      return { send: () => undefined, ping: () => opened.alive(), terminate: () => undefined };
    };
    const link = new FeedLink({
      runtime,
      address: () => Promise.resolve('wss://x'),
      opened: () => undefined,
      frame: () => true,
      flowsSince: () => istInstant(DAY, '09:15'),
      onState: ({ state }) => {
        if (state === 'stalled') stalls.push(runtime.now());
      },
    });
    link.start();
    await runtime.advance(0);
    // Messages nearer than 100 ms to the one before say nothing about silence.
    let last = first;
    for (const at of times) {
      if (at - last < 100) continue;
      last = at;
      await runtime.advance(at - runtime.now());
      (events as SocketEvents | null)?.message(Uint8Array.of(1));
    }
    link.stop();
    const silences = times.flatMap((at, i) => {
      const before = times[i - 1] ?? at;
      return at - before > 4_500 ? [{ before, at }] : [];
    });
    // The recording has these outages of all instruments at once between 10:45 and 11:15.
    expect(
      silences.map(({ before, at }) => Math.round((at - before) / 1000)).filter((s) => s > (DEEP ? 30 : 60)),
    ).toEqual(LONG);
    for (const at of stalls) expect(silences.some((s) => at > s.before && at <= s.at)).toBe(true);
    for (const { before, at } of silences) {
      if (at - before < 5_000) continue;
      const told = stalls.find((stall) => stall > before && stall <= at) ?? Number.NaN;
      expect(told - before).toBeLessThanOrEqual(5_000);
    }
  }, 300_000);
});
