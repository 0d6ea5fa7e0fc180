import { X } from 'lucide-react';
import { type ClipboardEvent, type KeyboardEvent, useRef } from 'react';
import { say } from '../../../strings/say.js';
import { Button, IconButton } from '../../../ui/button/button.js';
import { EmptyState } from '../../../ui/notice/notice.js';
import styles from '../lookup.module.css';
import { pastedCells, type Rows } from '../sheet.js';

interface Props {
  readonly name: string;
  readonly columns: readonly string[];
  readonly rows: Rows;
  readonly find: string;
  readonly at: number;
  readonly readOnly: boolean;
  onPage(at: number): void;
  /** A block of cells put in at a place; one cell is a block too. */
  onBlock(block: Rows, place: { readonly row: number; readonly column: number }): void;
  onRemove(row: number): void;
}

const PAGE = 50;

/** Cells to be edited like in a spreadsheet: arrows and Enter walk, a block from the clipboard fills cells to the right and below. */
export function Grid({ name, columns, rows, find, at, readOnly, onPage, onBlock, onRemove }: Props) {
  const table = useRef<HTMLTableElement>(null);
  const wanted = find.toLowerCase();
  const found = rows.flatMap((cells, place) =>
    wanted === '' || cells.some((cell) => cell.toLowerCase().includes(wanted)) ? [{ cells, place }] : [],
  );
  const start = Math.min(at * PAGE, Math.max(0, found.length - 1));
  const from = start - (start % PAGE);
  const shown = found.slice(from, from + PAGE);
  if (rows.length > 0 && found.length === 0)
    return <EmptyState title={say('lookups.none_found', { text: find })} />;
  if (rows.length === 0)
    return <EmptyState title={say('lookups.empty')}>{say('lookups.empty_text')}</EmptyState>;
  const walk = (event: KeyboardEvent<HTMLInputElement>): void => {
    const { row = '', column = '' } = event.currentTarget.dataset;
    const step = STEPS[event.key];
    if (step === undefined || (step.across !== 0 && !atEdge(event.currentTarget, step.across))) return;
    const next = table.current?.querySelector<HTMLInputElement>(
      `[data-row="${Number(row) + step.down}"][data-column="${Number(column) + step.across}"]`,
    );
    if (!next) return;
    event.preventDefault();
    next.focus();
    next.select();
  };
  const paste = (event: ClipboardEvent<HTMLInputElement>, place: { row: number; column: number }): void => {
    const cells = pastedCells(event.clipboardData.getData('text/plain'));
    if (readOnly || (cells.length === 1 && cells[0]?.length === 1)) return;
    event.preventDefault();
    onBlock(cells, place);
  };
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <section className={styles.scroll} aria-label={say('lookups.table', { name })} tabIndex={0}>
        <table ref={table} className={styles.grid}>
          <caption className={styles.unseen}>{say('lookups.table', { name })}</caption>
          <thead>
            <tr>
              {columns.map((column) => (
                <th key={column} scope="col">
                  <code dir="ltr">{column}</code>
                </th>
              ))}
              <th scope="col">
                <span className={styles.unseen}>{say('lookups.actions')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {shown.map(({ cells, place }, line) => (
              <tr key={place}>
                {columns.map((column, across) => (
                  <td key={column}>
                    <input
                      className={styles.cell}
                      aria-label={say('lookups.cell', { column, key: cells[0] ?? '' })}
                      data-row={line}
                      data-column={across}
                      dir="auto"
                      readOnly={readOnly}
                      value={cells[across] ?? ''}
                      onKeyDown={walk}
                      onPaste={(event) => paste(event, { row: place, column: across })}
                      onChange={(event) => onBlock([[event.target.value]], { row: place, column: across })}
                    />
                  </td>
                ))}
                <td>
                  {!readOnly && (
                    <IconButton
                      small
                      label={say('lookups.remove', { key: cells[0] ?? '' })}
                      icon={<X size={16} />}
                      onPress={() => onRemove(place)}
                    />
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <div className={styles.bar}>
        <span role="status">
          {say('lookups.position', { from: from + 1, to: from + shown.length, of: found.length })}
        </span>
        {from > 0 && <Button onPress={() => onPage(from / PAGE - 1)}>{say('lookups.previous')}</Button>}
        {from + PAGE < found.length && (
          <Button onPress={() => onPage(from / PAGE + 1)}>{say('lookups.next')}</Button>
        )}
      </div>
    </>
  );
}

const STEPS: Readonly<Record<string, { readonly down: number; readonly across: number }>> = {
  ArrowDown: { down: 1, across: 0 },
  Enter: { down: 1, across: 0 },
  ArrowUp: { down: -1, across: 0 },
  ArrowLeft: { down: 0, across: -1 },
  ArrowRight: { down: 0, across: 1 },
};

/** Left and right walk letters first. */
function atEdge({ selectionStart, selectionEnd, value }: HTMLInputElement, across: number): boolean {
  return across < 0 ? selectionEnd === 0 : selectionStart === value.length;
}
