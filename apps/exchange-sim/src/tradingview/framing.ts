const HEADER = /~m~(\d+)~m~/y;

/** A payload in its frame; the length counts characters. */
export function frameOf(payload: string): string {
  return `~m~${payload.length}~m~${payload}`;
}

/** A call of the server in its frame. */
export function callOf(m: string, p: readonly unknown[]): string {
  return frameOf(JSON.stringify({ m, p }));
}

/** The payloads of a message of a client, which sends whole frames; null for anything else. */
export function payloadsOf(text: string): string[] | null {
  const found: string[] = [];
  for (let at = 0; at < text.length;) {
    HEADER.lastIndex = at;
    const header = HEADER.exec(text);
    if (header === null) return null;
    const start = at + header[0].length;
    at = start + Number(header[1]);
    if (at > text.length) return null;
    found.push(text.slice(start, at));
  }
  return found;
}
