import fc from 'fast-check';
import { FrameReader, callFrame, frameOf, heartbeatFrame, type TvMessage } from './framing.js';

const heartbeat = fc.nat(1_000_000).map((n): TvMessage => ({ kind: 'heartbeat', payload: `~h~${n}` }));
// Text of every alphabet, and text that looks like frames.
const text = fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('~m~4~m~~h~1', '~m~', '~h~7', '₹ नमस्ते 🙂'));
const param = fc.oneof(text, fc.integer(), fc.record({ n: text, v: fc.array(fc.integer()) }));
const call = fc
  .tuple(fc.constantFrom('qsd', 'du', 'timescale_update', 'symbol_resolved'), fc.array(param, { maxLength: 4 }))
  .map(([method, params]): TvMessage => ({ kind: 'call', method, params }));
const batch = fc.array(fc.oneof(heartbeat, call), { maxLength: 12 });

function bytesOf(messages: readonly TvMessage[]): Uint8Array {
  const frames = messages.map((message) => {
    if (message.kind === 'heartbeat') return heartbeatFrame(message.payload);
    if (message.kind === 'call') return callFrame(message.method, message.params);
    return new TextEncoder().encode(frameOf('{"session_id":"x"}'));
  });
  return new Uint8Array(Buffer.concat(frames));
}

function readPieces(bytes: Uint8Array, cuts: readonly number[]): { messages: TvMessage[]; corrupt: string[] } {
  const corrupt: string[] = [];
  const reader = new FrameReader((reason) => corrupt.push(reason));
  const ends = [...cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
  const messages: TvMessage[] = [];
  let from = 0;
  for (const end of ends) {
    messages.push(...reader.push(bytes.subarray(from, end)));
    from = end;
  }
  return { messages, corrupt };
}

test('any split of any batch, also inside a character of several bytes, gives the same messages', () => {
  fc.assert(
    fc.property(batch, fc.array(fc.nat(), { maxLength: 10 }), (messages, cuts) => {
      expect(readPieces(bytesOf(messages), cuts)).toEqual({ messages, corrupt: [] });
    }),
    { numRuns: 1_000 },
  );
});

test('one byte at a time gives the same messages', () => {
  fc.assert(
    fc.property(batch, (messages) => {
      const bytes = bytesOf(messages);
      expect(readPieces(bytes, [...bytes.keys()])).toEqual({ messages, corrupt: [] });
    }),
    { numRuns: 100 },
  );
});

test('a frame that is cut off costs itself only: it is told, and all frames after it are read', () => {
  const plain = fc.array(
    fc.oneof(heartbeat, fc.constant<TvMessage>({ kind: 'call', method: 'du', params: ['cs', 1] })),
    {
      minLength: 8,
      maxLength: 20,
    },
  );
  const lost = callFrame('qsd', ['qs_abc', { n: 'NSE:NIFTY', s: 'ok', v: { lp: 25126.1 } }]);
  fc.assert(
    fc.property(plain, fc.integer({ min: 9, max: lost.length - 2 }), (messages, keep) => {
      const bytes = Buffer.concat([lost.subarray(0, keep), bytesOf(messages), bytesOf(messages), bytesOf(messages)]);
      const { messages: found, corrupt } = readPieces(bytes, []);
      expect(found).toEqual([...messages, ...messages, ...messages]);
      expect(corrupt).toHaveLength(1);
    }),
    { numRuns: 300 },
  );
});
