import { figures, renderTable } from './table.js';

describe('tables', () => {
  it('align figures to the right, keep several lines in a cell, and measure text without its colours', () => {
    const red = '\u001B[31m-1.50\u001B[39m';
    const text = renderTable(
      [{ name: 'Gate' }, ...figures('Net ₹')],
      [
        ['BRF_SHORT', red],
        ['A\nB', '10'],
      ],
    );
    expect(text).toBe(
      [
        '┌───────────┬───────┐',
        '│ Gate      │ Net ₹ │',
        '├───────────┼───────┤',
        `│ BRF_SHORT │ ${red} │`,
        '│ A         │    10 │',
        '│ B         │       │',
        '└───────────┴───────┘',
      ].join('\n'),
    );
  });

  it('may be empty, and hold characters outside the basic plane', () => {
    expect(renderTable([{ name: 'a' }], [])).toBe('┌───┐\n│ a │\n├───┤\n└───┘');
    expect(renderTable([{ name: 'a' }], [['📈']]).split('\n')[3]).toBe('│ 📈 │');
  });
});
