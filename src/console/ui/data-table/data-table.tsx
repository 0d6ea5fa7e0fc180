import type { ReactNode } from 'react';
import { say } from '../../strings/say.js';
import styles from './data-table.module.css';
import { RowSelector, type Selection, SelectPage } from './selection.js';

/** One column of a list. */
export interface Column<Row> {
  readonly id: string;
  readonly head: string;
  /** Numbers stand at the end of their cell. */
  readonly numeric?: boolean;
  /** How early it goes when there is little room: 1 stays beside an open panel, 2 goes then, 3 goes first. Default 2. */
  readonly priority?: 1 | 2 | 3;
  /** The column the list is sorted by. */
  readonly sorted?: 'ascending' | 'descending';
  /** Width in the unit of CSS grid-free tables: `12rem`; the first column takes what is left. */
  readonly width?: ColumnWidth;
  cell(row: Row): ReactNode;
}

/** Widths a column can have; the style sheet holds them, since the policy refuses styles in the document. */
export type ColumnWidth = 'mark' | 'narrow' | 'medium' | 'wide';

interface Props<Row> {
  /** What the table lists, for assistive technology. */
  readonly caption: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  keyOf(row: Row): string;
  /** Names the row for assistive technology and the tick box. */
  nameOf(row: Row): string;
  /** Row whose panel is open. */
  readonly open?: string | undefined;
  /** Opens the panel of a row, or its page. */
  onOpen?(row: Row): void;
  readonly selection?: Selection;
  /** Older rows are on screen while newer ones are fetched. */
  readonly busy?: boolean;
}

/**
 * A list as a plain table: it can be searched with the browser, printed and read aloud. The first column is the head of its row. At 380 px
 * each row is a card: its cells are labelled by their column.
 */
export function DataTable<Row>(props: Props<Row>) {
  const { caption, columns, rows, keyOf, nameOf, selection, busy = false, open } = props;
  return (
    <table className={styles.table} aria-busy={busy} data-panel={open === undefined ? undefined : 'open'}>
      <caption className={styles.caption}>{caption}</caption>
      <thead>
        <tr>
          {selection && (
            <th scope="col" className={styles.tick}>
              <SelectPage selection={selection} keys={rows.map(keyOf)} />
            </th>
          )}
          {columns.map((column) => (
            <th key={column.id} scope="col" {...cellOf(column)} aria-sort={column.sorted}>
              {column.head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Row
            key={keyOf(row)}
            row={row}
            name={nameOf(row)}
            {...props}
            keys={selection ? rows.map(keyOf) : []}
          />
        ))}
      </tbody>
    </table>
  );
}

interface RowProps<Row> extends Props<Row> {
  readonly row: Row;
  readonly name: string;
  readonly keys: readonly string[];
}

function Row<Row>({ row, name, keys, columns, keyOf, open, onOpen, selection }: RowProps<Row>) {
  const key = keyOf(row);
  const [first, ...others] = columns;
  return (
    <tr
      className={styles.row}
      data-row={key}
      aria-current={open === key ? 'true' : undefined}
      data-selected={selection?.has(key) ? '' : undefined}
      onClick={(event) => {
        if (onOpen && !isControl(event.target)) onOpen(row);
      }}
      onKeyDown={(event) => {
        if (onOpen && event.key === 'Enter' && event.target === event.currentTarget) onOpen(row);
      }}
      tabIndex={onOpen ? -1 : undefined}
    >
      {selection && (
        <td className={styles.tick}>
          <RowSelector
            selection={selection}
            row={key}
            keys={keys}
            label={say('table.select_row', { name })}
          />
        </td>
      )}
      {first && (
        <th scope="row" {...cellOf(first)} data-first="">
          {first.cell(row)}
        </th>
      )}
      {others.map((column) => (
        <td key={column.id} {...cellOf(column)} data-label={column.head}>
          {column.cell(row)}
        </td>
      ))}
    </tr>
  );
}

function cellOf({ numeric, priority = 2, width }: Pick<Column<never>, 'numeric' | 'priority' | 'width'>) {
  return {
    className: [numeric ? styles.numeric : '', width ? styles[width] : ''].join(' ').trim(),
    'data-priority': priority,
  };
}

function isControl(target: EventTarget): boolean {
  return (
    target instanceof Element && target.closest('a, button, input, select, textarea, [tabindex="0"]') !== null
  );
}
