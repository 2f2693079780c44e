import Table from 'cli-table3';

/** One column of a printed table. */
export interface Column {
  readonly name: string;
  readonly align?: 'left' | 'right';
}

/** Text of a box table; cells may carry colours. */
export function renderTable(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  const table = new Table({
    head: columns.map((c) => c.name),
    colAligns: columns.map((c) => c.align ?? 'left'),
    style: { head: [], border: [], compact: true, 'padding-left': 1, 'padding-right': 1 },
  });
  for (const row of rows) table.push([...row]);
  return table.toString();
}

/** Names as right-aligned columns. */
export function figures(...names: readonly string[]): Column[] {
  return names.map((name) => ({ name, align: 'right' as const }));
}
