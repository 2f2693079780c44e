import type { BarsPayload, ContractBars, DecisionView, MinuteState, ServerMessage, TradeView } from '@sos/contracts';

type History = Extract<ServerMessage, { type: 'replay.history' }>;
type Minute = Extract<ServerMessage, { type: 'replay.minute' }>;
type Playback = Extract<ServerMessage, { type: 'replay.state' }>;

/** What the client knows of its replay: what the server said, put together. */
export interface ReplayView {
  readonly about: Pick<
    History,
    'session' | 'symbol' | 'date' | 'source' | 'origins' | 'volumeSource' | 'bars' | 'strike'
  >;
  readonly index: BarsPayload;
  readonly pair: readonly ContractBars[];
  readonly decisions: readonly DecisionView[];
  readonly trades: readonly TradeView[];
  readonly minute: MinuteState;
  readonly playback: Pick<Playback, 'status' | 'speed'>;
}

const COLUMNS = ['time', 'open', 'high', 'low', 'close', 'volume', 'openInterest'] as const;

function joined(before: BarsPayload, more: BarsPayload): BarsPayload {
  if (more.time.length === 0) return before;
  const out = { ...before };
  for (const name of COLUMNS) Object.assign(out, { [name]: [...before[name], ...more[name]] });
  return out;
}

function grown(view: ReplayView, { index, pair, decisions, trades, minute }: Minute): ReplayView {
  return {
    ...view,
    index: joined(view.index, index),
    pair: view.pair.map((side, i) => {
      const more = pair[i];
      return more === undefined || more.bars.time.length === 0 ? side : { ...side, bars: joined(side.bars, more.bars) };
    }),
    decisions: decisions.length === 0 ? view.decisions : [...view.decisions, ...decisions],
    trades: trades.length === 0 ? view.trades : [...view.trades, ...trades],
    minute,
  };
}

/** The view after one more message; null while nothing is known. Messages of other matters leave it as it is. */
export function afterMessage(view: ReplayView | null, message: ServerMessage): ReplayView | null {
  if (message.type === 'replay.history') {
    const { session, symbol, date, source, origins, volumeSource, bars, strike } = message;
    const about = { session, symbol, date, source, origins, volumeSource, bars, strike };
    const { index, pair, decisions, trades, minute } = message;
    return {
      about,
      index,
      pair,
      decisions,
      trades,
      minute,
      playback: view?.playback ?? { status: 'paused', speed: 60 },
    };
  }
  if (view === null) return null;
  if (message.type === 'replay.minute') return grown(view, message);
  if (message.type === 'replay.state') return { ...view, playback: { status: message.status, speed: message.speed } };
  return view;
}
