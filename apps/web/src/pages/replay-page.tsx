import type { ServerMessage } from '@sos/contracts';
import { useEffect, useRef, useState } from 'preact/hooks';
import { CandleChart } from '../charts/candle-chart.js';
import { candlesOf, type Candle } from '../charts/to-series.js';
import { openReplay, type ReplayConnection } from '../server/replay.js';
import { SourceBadge } from './source-badge.js';

type ReplayState = Extract<ServerMessage, { type: 'replay.state' }>;
type BarMessage = Extract<ServerMessage, { type: 'bar' }>;

function candleOf({ bar }: BarMessage): Candle[] {
  return candlesOf({
    time: [bar.time],
    open: [bar.open],
    high: [bar.high],
    low: [bar.low],
    close: [bar.close],
    volume: [bar.volume],
    openInterest: [null],
  });
}

interface TransportProps {
  readonly symbol: string;
  readonly date: string;
  readonly state: ReplayState | null;
  readonly shown: number;
  readonly onSymbol: (symbol: string) => void;
  readonly onDate: (date: string) => void;
  readonly onStart: () => void;
  readonly say: (type: 'replay.pause' | 'replay.resume' | 'replay.step') => void;
}

function Transport(props: TransportProps) {
  const { state } = props;
  const playing = state?.status === 'playing';
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        props.onStart();
      }}
    >
      <label>
        Symbol{' '}
        <input value={props.symbol} onInput={(event) => props.onSymbol(event.currentTarget.value.toUpperCase())} />
      </label>
      <label>
        Date <input type="date" value={props.date} onInput={(event) => props.onDate(event.currentTarget.value)} />
      </label>
      <button type="submit">Start</button>
      <button
        type="button"
        disabled={state === null}
        onClick={() => props.say(playing ? 'replay.pause' : 'replay.resume')}
      >
        {playing ? 'Pause' : 'Play'}
      </button>
      <button type="button" disabled={state === null} onClick={() => props.say('replay.step')}>
        Step
      </button>
      {state !== null && (
        <output>
          {state.status}, bar {props.shown} of {state.bars} <SourceBadge source={state.source} />
        </output>
      )}
    </form>
  );
}

/** Plays a stored session bar by bar; the server's position is authoritative. */
export function ReplayPage() {
  const [symbol, setSymbol] = useState('NIFTY');
  const [date, setDate] = useState('2026-01-12');
  const [candles, setCandles] = useState<readonly Candle[]>([]);
  const [state, setState] = useState<ReplayState | null>(null);
  const [problem, setProblem] = useState('');
  const connection = useRef<ReplayConnection | null>(null);
  useEffect(() => () => connection.current?.close(), []);
  const hear = (message: ServerMessage): void => {
    if (message.type === 'error') setProblem(message.message);
    else if (message.type === 'replay.state') setState(message);
    else setCandles((before) => [...before, ...candleOf(message)]);
  };
  const start = (): void => {
    connection.current?.close();
    setCandles([]);
    setProblem('');
    const opened = openReplay(hear, (text) => connection.current === opened && setProblem(text));
    connection.current = opened;
    opened.say({ type: 'replay.start', symbol: symbol as 'NIFTY', date, speed: 10 });
  };
  return (
    <section>
      <Transport
        symbol={symbol}
        date={date}
        state={state}
        shown={candles.length}
        onSymbol={setSymbol}
        onDate={setDate}
        onStart={start}
        say={(type) => connection.current?.say({ type })}
      />
      {problem !== '' && <p role="alert">{problem}</p>}
      <CandleChart title={`${symbol} ${date}`} candles={candles} />
    </section>
  );
}
