import { istInstant, parseIstDate, type Contract } from '@sos/domain';
import { indexContract, optionContract } from '@sos/symbol-master';
import type { SocketEvents } from '../../feed/feed-socket.js';
import { VirtualRuntime } from '../../fixtures/virtual-runtime.js';
import { GOLDEN_FRAMES } from '../fixtures/golden-frames.js';
import { UpstoxFeed } from './upstox-feed.js';

const EXPIRY = parseIstDate('2025-12-30');
const NIFTY = indexContract('NIFTY');
const CALL = optionContract({ underlying: 'BANKNIFTY', expiry: EXPIRY, strike: 59900, right: 'CE' });
const KEYS: Readonly<Record<string, string>> = { [NIFTY.id]: 'NSE_INDEX|Nifty 50', [CALL.id]: 'NSE_FO|51507' };
const strikes = (count: number): Contract[] =>
  Array.from({ length: count }, (_, i) =>
    optionContract({ underlying: 'NIFTY', expiry: EXPIRY, strike: 10_000 + i * 50, right: 'CE' }),
  );

interface Sent {
  readonly method: string;
  readonly data: { readonly mode?: string; readonly instrumentKeys: readonly string[] };
}

function world() {
  const runtime = new VirtualRuntime(istInstant(parseIstDate('2025-12-15'), '10:00'));
  const sent: Sent[] = [];
  const rows: string[] = [];
  const raw: number[] = [];
  const corrupt: string[] = [];
  const sockets: SocketEvents[] = [];
  runtime.connect = (_url, events) => {
    sockets.push(events);
    return {
      send: (message) => void sent.push(JSON.parse(new TextDecoder().decode(message)) as Sent),
      ping: () => undefined,
      terminate: () => undefined,
    };
  };
  const feed = new UpstoxFeed({
    runtime,
    client: { feedAddress: () => Promise.resolve('wss://x/?code=1') },
    keys: { keyOf: ({ id }) => Promise.resolve({ key: KEYS[id] ?? `NSE_FO|${id}`, expired: false }) },
    onState: () => undefined,
    onTicks: ({ kind, length, ticks, contractOf }) => {
      for (let row = 0; row < length; row++)
        rows.push(`${kind} ${contractOf(ticks.slot[row] as number)?.id} ${ticks.lastPrice[row]}`);
    },
    onRawFrame: (frame) => void raw.push(frame.length),
    onCorrupt: (reason) => void corrupt.push(reason),
  });
  const frame = (name: keyof typeof GOLDEN_FRAMES): void =>
    sockets.at(-1)?.message(new Uint8Array(Buffer.from(GOLDEN_FRAMES[name], 'base64')));
  return { feed, runtime, sent, rows, raw, corrupt, sockets, frame };
}

async function open(w: ReturnType<typeof world>): Promise<void> {
  w.feed.start();
  await w.runtime.advance(0);
  w.sockets.at(-1)?.open();
}

test('ticks come with their contract; instruments that nobody asked for have none; cut-off frames are told and dropped', async () => {
  const w = world();
  await w.feed.subscribe([CALL], 'full');
  await open(w);
  w.frame('marketInfo');
  w.frame('optionFull');
  w.frame('indexLtpc');
  w.sockets.at(-1)?.message(Uint8Array.of(0x12, 0x40));
  expect(w.rows).toEqual(['live BANKNIFTY30DEC2559900CE 301.95', 'snapshot undefined 26027.3']);
  expect(w.raw).toEqual([217, 397, 64, 2]);
  expect(w.corrupt).toEqual(['expected an Upstox v3 feed frame, found a message that is cut off at byte 1']);
});

test('subscriptions go out in pieces by mode, an index without Greeks; again on every connection', async () => {
  const w = world();
  await w.feed.subscribe([NIFTY, ...strikes(450)], 'quotes');
  await open(w);
  const sizes = () => w.sent.splice(0).map((m) => `${m.method} ${m.data.mode} ${m.data.instrumentKeys.length}`);
  const all = ['sub ltpc 1', 'sub option_greeks 200', 'sub option_greeks 200', 'sub option_greeks 50'];
  expect(sizes()).toEqual(all);
  w.sockets.at(-1)?.close('gone', 0);
  await w.runtime.advance(1_000);
  w.sockets.at(-1)?.open();
  expect(sizes()).toEqual(all);
});

test('while connected: new ones are subscribed, others change their mode, the same again is not sent', async () => {
  const w = world();
  await w.feed.subscribe([NIFTY], 'trades');
  await open(w);
  w.sent.length = 0;
  await w.feed.subscribe([NIFTY, CALL], 'full');
  await w.feed.subscribe([CALL], 'full');
  await w.feed.unsubscribe([NIFTY, ...strikes(1)]);
  expect(w.sent.map(({ method, data }) => [method, data])).toEqual([
    ['sub', { mode: 'full', instrumentKeys: ['NSE_FO|51507'] }],
    ['change_mode', { mode: 'full', instrumentKeys: ['NSE_INDEX|Nifty 50'] }],
    ['unsub', { instrumentKeys: ['NSE_INDEX|Nifty 50'] }],
  ]);
});

test('more instruments than the vendor allows are refused, and nothing of them is kept', async () => {
  const w = world();
  await expect(w.feed.subscribe(strikes(2_001), 'full')).rejects.toMatchObject({
    code: 'SOS_INPUT',
    message: 'expected at most 2000 instruments in mode full of the Upstox feed, found 2001',
  });
  await open(w);
  expect(w.sent).toEqual([]);
});
