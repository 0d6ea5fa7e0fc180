import { Link } from '@tanstack/react-router';
import type { ParcelsTaken } from '../../../../api/shapes/order-work.js';
import { count } from '../../../strings/formats.js';
import { say } from '../../../strings/say.js';
import { Card } from '../../../ui/card/card.js';
import { Code } from '../../../ui/code/code.js';
import { type Column, DataTable } from '../../../ui/data-table/data-table.js';
import { type Shape, type Tone, WordChip } from '../../../ui/state-chip/state-chip.js';
import styles from './parcels.module.css';

interface Row {
  readonly rows: readonly number[];
  readonly channel: string;
  readonly order: string;
  readonly reference: string;
  readonly outcome: ParcelsTaken['parcels'][number]['outcome'] | 'unread';
  readonly message: string | null;
  readonly advice: string | null;
}

const LOOK: Readonly<Record<Row['outcome'], { readonly tone: Tone; readonly shape: Shape }>> = {
  recorded: { tone: 'live', shape: 'live' },
  corrected: { tone: 'live', shape: 'live' },
  known: { tone: 'excluded', shape: 'excluded' },
  surplus: { tone: 'rejected', shape: 'rejected' },
  refused: { tone: 'rejected', shape: 'rejected' },
  unread: { tone: 'rejected', shape: 'rejected' },
};

/** What became of every row of the file: those that need somebody first. The numbers add up to the file. */
export function ParcelsResult({ taken }: { readonly taken: ParcelsTaken }) {
  const rows = rowsOf(taken);
  const bad = rows.filter(({ outcome }) => LOOK[outcome].tone === 'rejected').length;
  return (
    <Card
      title={say('parcels.result', {
        n: count(rows.length),
        good: count(rows.length - bad),
        bad: count(bad),
      })}
      flush
    >
      <DataTable<Row>
        caption={say('parcels.result_caption')}
        columns={COLUMNS}
        rows={rows}
        keyOf={({ rows: lines }) => lines.join(' ')}
        nameOf={({ order, reference }) => `${order} ${reference}`}
      />
    </Card>
  );
}

function rowsOf({ parcels, mistakes }: ParcelsTaken): readonly Row[] {
  const unread = mistakes.map(
    ({ row, message }): Row => ({
      rows: [row],
      channel: '',
      order: '',
      reference: '',
      outcome: 'unread',
      message,
      advice: null,
    }),
  );
  const isBad = ({ outcome }: Row): number => (LOOK[outcome].tone === 'rejected' ? 0 : 1);
  return [...unread, ...parcels].sort((a, b) => isBad(a) - isBad(b) || (a.rows[0] ?? 0) - (b.rows[0] ?? 0));
}

const COLUMNS: readonly Column<Row>[] = [
  {
    id: 'rows',
    head: say('parcels.rows'),
    width: 'narrow',
    priority: 1,
    cell: ({ rows }) => rows.join(', '),
  },
  {
    id: 'order',
    head: say('column.order'),
    priority: 1,
    cell: ({ channel, order }) =>
      order !== '' && (
        <Link to="/orders/$channel/$order" params={{ channel, order }}>
          <Code>{order}</Code>
        </Link>
      ),
  },
  { id: 'reference', head: say('parcels.parcel'), width: 'wide', cell: ({ reference }) => reference },
  {
    id: 'outcome',
    head: say('parcels.outcome'),
    width: 'wide',
    priority: 1,
    cell: ({ outcome }) => <WordChip {...LOOK[outcome]} word={say(`parcels.outcome.${outcome}`)} />,
  },
  {
    id: 'why',
    head: say('column.why'),
    cell: ({ message, advice }) =>
      message !== null && (
        <span className={styles.why}>
          <span>{message}</span>
          {advice !== null && <span className={styles.dim}>{advice}</span>}
        </span>
      ),
  },
];
