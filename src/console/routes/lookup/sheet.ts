/** Rows of a table as they are edited: each cell is text. */
export type Rows = readonly (readonly string[])[];

/** Columns and rows as CSV. Every cell that needs it stands in quotes. */
export function csvOf(columns: readonly string[], rows: Rows): string {
  const line = (cells: readonly string[]): string =>
    columns.map((_name, at) => cellOf(cells[at] ?? '')).join(',');
  return `${[line(columns), ...rows.filter((row) => row.some((cell) => cell !== '')).map(line)].join('\n')}\n`;
}

function cellOf(text: string): string {
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** What a spreadsheet puts on the clipboard, or a file with tabs or commas: rows of cells. */
export function pastedCells(text: string): Rows {
  const lines = text.replace(/\r\n?/g, '\n').replace(/\n$/, '');
  return lines.split('\n').map((line) => line.split('\t'));
}

/** The rows with a block put in at a place; rows are added where there are not enough. Pure. */
export function withBlock(
  rows: Rows,
  block: Rows,
  place: { readonly row: number; readonly column: number; readonly columns: number },
): Rows {
  const next = rows.map((row) => [...row]);
  block.forEach((cells, down) => {
    const at = place.row + down;
    while (next.length <= at) next.push(Array.from({ length: place.columns }, () => ''));
    const row = next[at] ?? [];
    cells.forEach((cell, right) => {
      if (place.column + right < place.columns) row[place.column + right] = cell;
    });
  });
  return next;
}
