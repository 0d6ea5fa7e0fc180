import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import type { ProfitPreview } from '../../../../api/shapes/reports.js';
import { count, money } from '../../../strings/formats.js';
import { say } from '../../../strings/say.js';
import { Card } from '../../../ui/card/card.js';
import { Chart } from '../../../ui/chart/chart.js';
import { Code } from '../../../ui/code/code.js';
import { type Column, DataTable } from '../../../ui/data-table/data-table.js';
import { FilterBar } from '../../../ui/filter-bar/filter-bar.js';
import { EmptyState, LoadError } from '../../../ui/notice/notice.js';
import { Select } from '../../../ui/select/select.js';
import { Waiting } from '../../../ui/skeleton/skeleton.js';
import { countsQuery } from '../../listings/queries.js';
import { profitQuery } from '../queries.js';
import type { ReportsSearch } from '../search.js';
import styles from './reports.module.css';

type Row = ProfitPreview['rows'][number];
type Amount = 'price' | 'fees' | 'shipping' | 'cost' | 'profit';

/** What a unit of each listing would leave; parts that nobody told are named, never taken for 0. */
export function ProfitReport({ search }: { readonly search: ReportsSearch }) {
  const { data: counts } = useQuery(countsQuery);
  const navigate = useNavigate({ from: '/reports' });
  const channel = search.channel ?? counts?.[0]?.channel;
  return (
    <>
      <FilterBar set={0} onClear={() => undefined}>
        <Select
          bare
          label={say('filters.channel')}
          value={channel ?? ''}
          onChange={(id) => void navigate({ search: (before) => ({ ...before, channel: id }) })}
          choices={(counts ?? []).map(({ channel: id }) => ({ id, label: id }))}
        />
      </FilterBar>
      {counts?.length === 0 && <EmptyState title={say('reports.no_channel')} />}
      {channel !== undefined && <ChannelProfit channel={channel} />}
    </>
  );
}

function ChannelProfit({ channel }: { readonly channel: string }) {
  const query = useQuery(profitQuery(channel));
  const { data, error } = query;
  if (error && !data) return <LoadError error={error} retry={() => void query.refetch()} />;
  if (!data) return <Waiting words={say('reports.working')} />;
  const { totals } = data;
  const missing = Object.entries(totals.missing).map(
    ([part, n]) => `${count(n)} ${say('reports.without', { part: partName(part) })}`,
  );
  return (
    <div className={styles.page}>
      <Card
        title={say('reports.profit_sum', {
          listings: count(totals.listings),
          known: count(totals.known),
          unknown: count(totals.unknown),
        })}
      >
        <p className={styles.dim}>{[say('reports.losing', { n: totals.losing }), ...missing].join(' · ')}</p>
        <Chart
          kind="bars"
          label={say('reports.margins')}
          head={say('reports.margin_of')}
          format={count}
          series={[{ id: 'listings', label: say('place.listings'), tone: 'two' }]}
          points={data.margins.map(({ from, below, listings }) => ({
            label: spanOf(from, below),
            values: { listings },
          }))}
        />
      </Card>
      <div className={styles.surface}>
        <DataTable<Row>
          caption={say('reports.worst')}
          columns={COLUMNS}
          rows={data.rows.slice(0, MOST_SHOWN)}
          keyOf={({ sku }) => sku}
          nameOf={({ sku }) => sku}
        />
      </div>
    </div>
  );
}

const MOST_SHOWN = 100;

function spanOf(from: number | null, below: number | null): string {
  if (from === null) return say('reports.under', { n: below ?? 0 });
  return below === null ? say('reports.over', { n: from }) : say('reports.span', { from, below });
}

const PARTS = ['price', 'fees', 'shipping', 'cost'] as const;

function partName(part: string): string {
  const known = PARTS.find((each) => each === part);
  return known === undefined ? part : say(`reports.part.${known}`);
}

const amount = (name: Amount, head: string): Column<Row> => ({
  id: name,
  head,
  numeric: true,
  priority: name === 'profit' ? 1 : 2,
  cell: (row) => {
    const value = row[name];
    return value === null ? say('reports.unknown') : money(value);
  },
});

const COLUMNS: readonly Column<Row>[] = [
  {
    id: 'sku',
    head: say('column.product'),
    priority: 1,
    width: 'wide',
    cell: ({ sku, title }) => (
      <span className={styles.sku}>
        {title !== null && <bdi>{title}</bdi>}
        <Link to="/listings" search={{ q: sku }}>
          <Code>{sku}</Code>
        </Link>
      </span>
    ),
  },
  amount('price', say('column.price')),
  amount('fees', say('reports.part.fees')),
  amount('shipping', say('reports.part.shipping')),
  amount('cost', say('reports.part.cost')),
  amount('profit', say('reports.left')),
  {
    id: 'gaps',
    head: say('reports.why_unknown'),
    cell: ({ gaps, marginPercent }) =>
      gaps.length > 0
        ? gaps.map(({ part, why }) => `${partName(part)}: ${why}`).join('; ')
        : marginPercent !== null && say('reports.percent', { n: marginPercent.toFixed(1) }),
  },
];
