const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g;

interface Level {
  readonly isList: boolean;
  key: string | number;
}

/** `line 3, column 5` of an offset, both from 1. */
export function lineColumn(text: string, offset: number): string {
  const before = text.slice(0, offset);
  return `line ${before.split('\n').length}, column ${offset - before.lastIndexOf('\n')}`;
}

function step(levels: Level[], token: string): void {
  const level = levels.at(-1);
  if (token === '{') levels.push({ isList: false, key: '' });
  else if (token === '[') levels.push({ isList: true, key: 0 });
  else if (token === '}' || token === ']') levels.pop();
  else if (token === ',' && level?.isList === true && typeof level.key === 'number') level.key++;
}

/**
 * Offset of a key (or of an item of a list) in a JSON text that is known to be well formed; that of the innermost key that exists when the rest of the
 * path does not, 0 when none does.
 */
export function keyOffset(text: string, path: readonly (string | number)[]): number {
  const levels: Level[] = [];
  let [found, depth] = [0, 0];
  let expectsKey = true;
  for (const match of text.matchAll(TOKEN)) {
    const [token] = match;
    const level = levels.at(-1);
    const isKey = token.startsWith('"') && level?.isList === false && expectsKey;
    if (isKey) level.key = String(JSON.parse(token));
    const isItem = level?.isList === true && !'{}[],:'.includes(token[0] ?? '');
    const at = levels.map((one) => one.key);
    if ((isKey || isItem) && at.length > depth && at.length <= path.length && at.every((key, i) => key === path[i]))
      [found, depth] = [match.index, at.length];
    step(levels, token);
    expectsKey = token === '{' || token === ',';
  }
  return found;
}
