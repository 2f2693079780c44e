import { html, type Markup, type MarkupPart } from './markup.js';

/** A column of a page's table; figures stand to the right. */
export interface PageColumn {
  readonly name: string;
  readonly isFigure: boolean;
}

export const words = (...names: readonly string[]): PageColumn[] => names.map((name) => ({ name, isFigure: false }));
export const figures = (...names: readonly string[]): PageColumn[] => names.map((name) => ({ name, isFigure: true }));

/** A row: its cells, and the name by which links reach it. */
export interface PageRow {
  readonly cells: readonly MarkupPart[];
  readonly anchor?: string;
}

/** A table that scrolls sideways on a small screen and repeats its head on paper. */
export function pageTable(caption: string, columns: readonly PageColumn[], rows: readonly PageRow[]): Markup {
  const head = columns.map(
    ({ name, isFigure }) => html`<th scope="col" ${isFigure ? html` class="n"` : null}>${name}</th>`,
  );
  const body = rows.map(({ cells, anchor }) => {
    const parts = cells.map((cell, i) =>
      columns[i]?.isFigure === true ? html`<td class="n">${cell}</td>` : html`<td>${cell}</td>`,
    );
    return html`<tr${anchor === undefined ? null : html` id="${anchor}"`}>${parts}</tr>
`;
  });
  return html`<div class="scroll">
    <table>
      <caption>
        ${caption}
      </caption>
      <thead>
        <tr>
          ${head}
        </tr>
      </thead>
      <tbody>
        ${body}
      </tbody>
    </table>
  </div> `;
}

/** Rows without a name. */
export const rowsOf = (cells: readonly (readonly MarkupPart[])[]): PageRow[] => cells.map((one) => ({ cells: one }));
