import type { ServerMessage } from '@sos/contracts';
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { Stream, type Connection, type Saying } from '../server/stream.js';
import { afterMessage, type ReplayView } from './replay-view.js';

type Start = Extract<Saying, { type: 'replay.start' }>;
/** What is to be played. */
export type Wanted = Omit<Start, 'type'>;

/** A replay as a page holds it. */
export interface Replay {
  readonly view: ReplayView | null;
  readonly connection: Connection;
  /** Prices are not the present ones of the session: the connection is gone or nothing comes. */
  readonly isStale: boolean;
  readonly problem: string;
  readonly start: (wanted: Wanted) => void;
  readonly say: (message: Saying) => void;
}

const QUIET_MS = 4_000;
const MS_PER_MARKET_MINUTE = 60_000;

/** True when a playing session has said nothing for longer than a bar and some patience. */
function useQuiet(view: ReplayView | null): boolean {
  const [isQuiet, setQuiet] = useState(false);
  useEffect(() => {
    setQuiet(false);
    if (view === null || view.playback.status !== 'playing') return undefined;
    const timer = setTimeout(() => setQuiet(true), MS_PER_MARKET_MINUTE / view.playback.speed + QUIET_MS);
    return () => clearTimeout(timer);
  }, [view]);
  return isQuiet;
}

/** Where a session goes on that the server no longer has. */
const continued = (wanted: Wanted, view: ReplayView): Wanted => {
  return {
    ...wanted,
    at: undefined,
    bar: view.minute.bar,
    speed: view.playback.speed,
    paused: view.playback.status !== 'playing',
  };
};

/** One replay over the socket: starts, resumes after a lost connection, and puts together what is said. */
export function useReplay(): Replay {
  const [view, setView] = useState<ReplayView | null>(null);
  const [connection, setConnection] = useState<Connection>('connecting');
  const [problem, setProblem] = useState('');
  const stream = useRef<Stream | null>(null);
  const wanted = useRef<Wanted | null>(null);
  const latest = useRef<ReplayView | null>(null);
  const isQuiet = useQuiet(view);
  const say = useCallback((message: Saying): void => stream.current?.say(message), []);
  const start = useCallback((next: Wanted): void => {
    wanted.current = next;
    latest.current = null;
    setView(null);
    setProblem('');
    say({ type: 'replay.start', ...next });
  }, []);
  useEffect(() => {
    const onMessage = (message: ServerMessage): void => {
      if (message.type === 'error') return setProblem(message.message);
      latest.current = afterMessage(latest.current, message);
      setView(latest.current);
      if (message.type === 'replay.history') setProblem('');
    };
    const onFresh = (): void => {
      const { current } = wanted;
      if (current === null) return;
      say({ type: 'replay.start', ...(latest.current === null ? current : continued(current, latest.current)) });
    };
    const opened = new Stream({ onMessage, onConnection: setConnection, onProblem: setProblem, onFresh });
    stream.current = opened;
    return () => opened.close();
  }, []);
  return { view, connection, isStale: connection !== 'open' || isQuiet, problem, start, say };
}
