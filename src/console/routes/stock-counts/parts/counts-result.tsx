import { Link } from '@tanstack/react-router';
import type { CountsTaken } from '../../../../api/shapes/stock.js';
import { count } from '../../../strings/formats.js';
import { say } from '../../../strings/say.js';
import { Card } from '../../../ui/card/card.js';
import { Code } from '../../../ui/code/code.js';
import { type Column, DataTable } from '../../../ui/data-table/data-table.js';
import { type Shape, type Tone, WordChip } from '../../../ui/state-chip/state-chip.js';

type Answer = CountsTaken['answers'][number];

const LOOK: Readonly<Record<Answer['result'], { readonly tone: Tone; readonly shape: Shape }>> = {
  changed: { tone: 'live', shape: 'live' },
  unchanged: { tone: 'excluded', shape: 'excluded' },
  older: { tone: 'excluded', shape: 'sent' },
  owned_elsewhere: { tone: 'held', shape: 'held' },
  unknown_sku: { tone: 'rejected', shape: 'rejected' },
  invalid: { tone: 'rejected', shape: 'rejected' },
};

const WORST: readonly Answer['result'][] = [
  'invalid',
  'unknown_sku',
  'owned_elsewhere',
  'older',
  'changed',
  'unchanged',
];
const MOST_SHOWN = 200;

/** What became of every count: a sum that adds up to the file, then the rows, those that need somebody first. */
export function CountsResult({ taken }: { readonly taken: CountsTaken }) {
  const parts = WORST.filter((result) => taken.counts[result] > 0).map(
    (result) => `${count(taken.counts[result])} ${say(`counts.result.${result}`)}`,
  );
  const rows = [...taken.answers]
    .sort((a, b) => WORST.indexOf(a.result) - WORST.indexOf(b.result))
    .slice(0, MOST_SHOWN);
  return (
    <Card title={say('counts.sum', { n: count(taken.total), parts: parts.join(' + ') })} flush>
      <DataTable<Answer>
        caption={say('parcels.result_caption')}
        columns={COLUMNS}
        rows={rows}
        keyOf={(answer) => `${taken.answers.indexOf(answer)}`}
        nameOf={({ sku, location }) => `${sku} ${location}`}
      />
    </Card>
  );
}

const COLUMNS: readonly Column<Answer>[] = [
  {
    id: 'sku',
    head: say('column.sku'),
    priority: 1,
    cell: ({ sku }) => (
      <Link to="/stock/$sku" params={{ sku }}>
        <Code>{sku}</Code>
      </Link>
    ),
  },
  { id: 'location', head: say('pick.location'), width: 'wide', cell: ({ location }) => location },
  {
    id: 'onHand',
    head: say('stock.on_hand'),
    width: 'narrow',
    numeric: true,
    cell: ({ onHand }) => (onHand === null ? '—' : count(onHand)),
  },
  {
    id: 'result',
    head: say('parcels.outcome'),
    width: 'wide',
    priority: 1,
    cell: ({ result }) => <WordChip {...LOOK[result]} word={say(`counts.result.${result}`)} />,
  },
  { id: 'why', head: say('column.why'), cell: ({ message }) => message },
];
