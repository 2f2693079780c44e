/** One column of a printed table. */
export interface Column {
  readonly name: string;
  readonly align?: 'left' | 'right';
}

// eslint-disable-next-line no-control-regex -- colours are control sequences, which take no room
const COLOUR = /\u001B\[[\d;]*m/g;

// Every character that reports print is one column wide, so its width is its number of code points without colours.
function widthOf(text: string): number {
  const plain = text.includes('\u001B') ? text.replaceAll(COLOUR, '') : text;
  return /[\uD800-\uDBFF]/.test(plain) ? [...plain].length : plain.length;
}

function padded(text: string, width: number, align: Column['align']): string {
  const room = ' '.repeat(width - widthOf(text));
  return align === 'right' ? room + text : text + room;
}

interface Layout {
  readonly columns: readonly Column[];
  readonly widths: readonly number[];
}

function rowText({ columns, widths }: Layout, cells: readonly string[]): string {
  const split = cells.map((cell) => cell.split('\n'));
  const height = Math.max(...split.map((lines) => lines.length));
  const lines: string[] = [];
  for (let i = 0; i < height; i++) {
    const parts = columns.map(({ align }, c) => padded(split[c]?.[i] ?? '', widths[c] ?? 0, align));
    lines.push(`│ ${parts.join(' │ ')} │`);
  }
  return lines.join('\n');
}

/**
 * Text of a box table; cells may hold several lines and colours. Own code because the usual package costs half a second on the tables of a run
 * (it compiles a regular expression for every width it measures).
 */
export function renderTable(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  const all = [columns.map((c) => c.name), ...rows];
  const widths = columns.map((_, c) => Math.max(...all.flatMap((row) => (row[c] ?? '').split('\n').map(widthOf))));
  const layout = { columns, widths };
  const rule = ([left, middle, right]: readonly [string, string, string]): string =>
    left + widths.map((w) => '─'.repeat(w + 2)).join(middle) + right;
  return [
    rule(['┌', '┬', '┐']),
    rowText(layout, all[0] ?? []),
    rule(['├', '┼', '┤']),
    ...rows.map((row) => rowText(layout, row)),
    rule(['└', '┴', '┘']),
  ].join('\n');
}

/** Names as right-aligned columns. */
export function figures(...names: readonly string[]): Column[] {
  return names.map((name) => ({ name, align: 'right' as const }));
}
