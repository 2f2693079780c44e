import { createRequire } from 'node:module';
import path from 'node:path';
import protobuf from 'protobufjs';

const require = createRequire(import.meta.url);

/** The vendor's message definition, as the official SDK carries it. */
export function vendorDefinition(): protobuf.Type {
  const sdk = path.dirname(require.resolve('upstox-js-sdk/package.json'));
  const root = protobuf.loadSync(path.join(sdk, 'dist/feeder/proto/MarketDataFeedV3.proto'));
  return root.lookupType('com.upstox.marketdatafeederv3udapi.rpc.proto.FeedResponse');
}

/** A frame of option ticks: five levels of book, Greeks, two bars; figures after a tick recorded on 2025-12-15. */
export function fullFrame(type: protobuf.Type, instruments: number): Uint8Array {
  const feeds: Record<string, object> = {};
  for (let i = 0; i < instruments; i++) {
    const ltp = 301.95 + i * 0.05;
    const level = (l: number): object => ({
      bidQ: 105 + 35 * l + i,
      bidP: ltp - 0.05 * l,
      askQ: 140 + 35 * l,
      askP: ltp + 0.05 * (l + 1),
    });
    feeds[`NSE_FO|${51_507 + i}`] = {
      fullFeed: {
        marketFF: {
          ltpc: { ltp, ltt: 1765771372453 + i, ltq: 35 + i, cp: 377.8 },
          marketLevel: { bidAskQuote: [0, 1, 2, 3, 4].map(level) },
          optionGreeks: { delta: 0.356, theta: -15.4192, gamma: 0.0003, vega: 45.2604, rho: 8.7121 },
          marketOHLC: {
            ohlc: [
              { interval: '1d', open: 325.05, high: 351.85, low: 291.95, close: ltp, vol: 119770, ts: 1765737000000 },
              { interval: 'I1', open: 296.6, high: 301.85, low: 296.6, close: 299, vol: 3255, ts: 1765771260000 },
            ],
          },
          atp: 318.56,
          vtt: 119770 + i,
          oi: 310275,
          iv: 0.10389328002929688,
          tbq: 16275,
          tsq: 21490,
        },
      },
      requestMode: 1,
    };
  }
  return type.encode(type.fromObject({ type: 1, feeds, currentTs: 1765771372500 })).finish();
}
