import { ClientMessage, SOCKET_VERSION, type ServerMessage } from '@sos/contracts';
import { AppError, assertNever, isAppError } from '@sos/domain';
import type { RawData, WebSocket } from 'ws';
import type { ResearchData } from '../research-data.js';
import { loadDay } from '../routes/day.js';
import { ReplaySession, type ReplayTimer } from './replay-session.js';

// A client that does not read is cut before it costs memory; the replay is its own, so nobody else waits.
const MOST_BUFFERED_BYTES = 1_000_000;

const wallTimer: ReplayTimer = {
  every(milliseconds, tick) {
    const handle = setInterval(tick, milliseconds);
    return () => clearInterval(handle);
  },
};

/** Speaks the replay protocol of `@sos/contracts` with one client. */
export function serveReplay(socket: WebSocket, data: ResearchData, timer: ReplayTimer = wallTimer): void {
  let seq = 0;
  let session: ReplaySession | null = null;
  const nextSeq = (): number => ++seq;
  const send = (message: ServerMessage): void => {
    if (socket.bufferedAmount > MOST_BUFFERED_BYTES) return socket.terminate();
    socket.send(JSON.stringify(message));
  };
  const start = async (message: Extract<ClientMessage, { type: 'replay.start' }>): Promise<void> => {
    const tape = await loadDay(data, message);
    session?.stop();
    session = new ReplaySession({ tape, speed: message.speed, timer, nextSeq, send });
    session.play();
  };
  const running = (): ReplaySession => {
    if (session === null) throw new AppError('SOS_INPUT', 'expected replay.start first, found another message');
    return session;
  };
  const handle = async (message: ClientMessage): Promise<void> => {
    switch (message.type) {
      case 'replay.start':
        return start(message);
      case 'replay.pause':
        return running().pause();
      case 'replay.resume':
        return running().play();
      case 'replay.step':
        return running().step();
      case 'replay.seek':
        return running().seek(message.bar);
      case 'replay.stop':
        return running().stop();
      default:
        return assertNever(message, 'client message');
    }
  };
  const refuse = (error: unknown): void => {
    const known = isAppError(error)
      ? error
      : new AppError('SOS_INVARIANT', 'expected the message to be handled, found an internal error');
    send({ v: SOCKET_VERSION, seq: nextSeq(), type: 'error', code: known.code, message: known.message });
  };
  socket.on('message', (raw: RawData) => {
    void parseMessage(raw).then(handle).catch(refuse);
  });
  socket.on('close', () => session?.stop());
}

async function parseMessage(raw: RawData): Promise<ClientMessage> {
  let body: unknown;
  try {
    body = JSON.parse(String(raw));
  } catch {
    throw new AppError('SOS_INPUT', 'expected a JSON message, found something else');
  }
  const parsed = ClientMessage.safeParse(body);
  if (parsed.success) return parsed.data;
  const first = parsed.error.issues[0];
  throw new AppError(
    'SOS_INPUT',
    `expected a message of protocol version ${SOCKET_VERSION}, found ${first?.path.join('.') ?? ''}: ${first?.message ?? 'unknown'}`,
  );
}
