import { SOCKET_VERSION, ServerMessage, type ClientMessage } from '@sos/contracts';

type WithoutVersion<T> = T extends unknown ? Omit<T, 'v'> : never;

export interface ReplayConnection {
  say(message: WithoutVersion<ClientMessage>): void;
  close(): void;
}

/** Opens the replay socket; garbage from the server is reported, never shown. */
export function openReplay(
  onMessage: (message: ServerMessage) => void,
  onProblem: (text: string) => void,
): ReplayConnection {
  const socket = new WebSocket(`${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/api/stream`);
  const waiting: string[] = [];
  socket.onopen = () => waiting.splice(0).forEach((text) => socket.send(text));
  socket.onmessage = (event) => {
    const parsed = ServerMessage.safeParse(parseJson(String(event.data)));
    if (parsed.success) onMessage(parsed.data);
    else onProblem('The server sent a message this page does not understand. Reload the page.');
  };
  socket.onclose = () => onProblem('The connection to the server is closed. Start the replay again to reconnect.');
  return {
    say(message) {
      const text = JSON.stringify({ v: SOCKET_VERSION, ...message });
      if (socket.readyState === WebSocket.OPEN) socket.send(text);
      else waiting.push(text);
    },
    close: () => socket.close(),
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
