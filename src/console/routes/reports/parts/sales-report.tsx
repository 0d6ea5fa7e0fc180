import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { SalesReport } from '../../../../api/shapes/reports.js';
import { count, money, shortCount, shortMoney } from '../../../strings/formats.js';
import { say } from '../../../strings/say.js';
import { buttonClass } from '../../../ui/button/button.js';
import { Card } from '../../../ui/card/card.js';
import { Chart } from '../../../ui/chart/chart.js';
import { type Column, DataTable } from '../../../ui/data-table/data-table.js';
import { DateField } from '../../../ui/date-field/date-field.js';
import { FilterBar } from '../../../ui/filter-bar/filter-bar.js';
import { EmptyState, LoadError, Notice } from '../../../ui/notice/notice.js';
import { Select } from '../../../ui/select/select.js';
import { Waiting } from '../../../ui/skeleton/skeleton.js';
import { sellersQuery } from '../../orders/sellers.js';
import { salesFile, salesQuery } from '../queries.js';
import { FIGURES, REPORT_KEYS, type ReportsSearch } from '../search.js';
import styles from './reports.module.css';

type Row = SalesReport['rows'][number];
type Figure = (typeof FIGURES)[number];

const ALL = '*';
const MOST_DRAWN = 60;

/** Sales as a chart, with the table of the same numbers. Currencies are never added together: each has a chart. */
export function SalesReportView({ search }: { readonly search: ReportsSearch }) {
  const query = useQuery(salesQuery(search));
  const { data, error } = query;
  const by = search.by ?? 'day';
  const figure = search.figure ?? 'revenue';
  const currencies = [...new Set((data?.rows ?? []).map(({ currency }) => currency))];
  return (
    <>
      <SalesFilters search={search} />
      {error && <LoadError error={error} retry={() => void query.refetch()} />}
      {!data && !error && <Waiting />}
      {data?.rows.length === 0 && (
        <EmptyState title={say('reports.no_sales')}>{say('orders.none_text')}</EmptyState>
      )}
      {data && data.rows.length > 0 && (
        <div className={styles.page}>
          {data.more > 0 && <Notice tone="note">{say('reports.more', { n: count(data.more) })}</Notice>}
          {currencies.map((currency) => {
            const rows = data.rows.filter((row) => row.currency === currency);
            const title = say('reports.of_currency', {
              figure: say(`reports.figure.${figure}`),
              currency: currency ?? say('reports.no_currency'),
            });
            return (
              <Card key={currency ?? ''} title={title}>
                <Chart
                  kind="bars"
                  label={title}
                  head={say(`reports.by.${by}`)}
                  format={(value) => figureText(figure, value, currency)}
                  tick={(value) => figureTick(figure, value, currency)}
                  series={[{ id: figure, label: say(`reports.figure.${figure}`), tone: 'one' }]}
                  points={rows.slice(-MOST_DRAWN).map((row) => ({
                    label: labelOf(row, by),
                    values: { [figure]: figureOf(row, figure) },
                  }))}
                />
              </Card>
            );
          })}
          <div className={styles.surface}>
            <DataTable<Row>
              caption={say('reports.sales')}
              columns={columnsBy(by)}
              rows={data.rows}
              keyOf={(row) => `${labelOf(row, by)} ${row.currency}`}
              nameOf={(row) => labelOf(row, by)}
            />
          </div>
        </div>
      )}
    </>
  );
}

function SalesFilters({ search }: { readonly search: ReportsSearch }) {
  const navigate = useNavigate({ from: '/reports' });
  const { data: sellers } = useQuery(sellersQuery);
  const change = (changed: Partial<ReportsSearch>): void =>
    void navigate({ search: (before) => ({ ...before, ...changed }) });
  const set = [search.channel, search.from, search.to].filter((value) => value !== undefined).length;
  return (
    <FilterBar
      set={set}
      onClear={() => change({ channel: undefined, from: undefined, to: undefined })}
      end={
        <span className={styles.buttons}>
          {(['csv', 'parquet'] as const).map((format) => (
            <a key={format} href={salesFile(search, format)} download className={buttonClass()}>
              {say(`reports.download.${format}`)}
            </a>
          ))}
        </span>
      }
    >
      <Select
        bare
        label={say('reports.by')}
        value={search.by ?? 'day'}
        onChange={(id) => change({ by: REPORT_KEYS.find((key) => key === id) })}
        choices={REPORT_KEYS.map((id) => ({ id, label: say(`reports.by.${id}`) }))}
      />
      <Select
        bare
        label={say('reports.figure')}
        value={search.figure ?? 'revenue'}
        onChange={(id) => change({ figure: FIGURES.find((each) => each === id) })}
        choices={FIGURES.map((id) => ({ id, label: say(`reports.figure.${id}`) }))}
      />
      <Select
        bare
        label={say('filters.channel')}
        value={search.channel ?? ALL}
        onChange={(id) => change({ channel: id === ALL ? undefined : id })}
        choices={[
          { id: ALL, label: say('filters.all_channels') },
          ...(sellers ?? []).map(({ id }) => ({ id, label: id })),
        ]}
      />
      <DateField
        label={say('reports.from')}
        value={search.from ?? ''}
        onChange={(from) => change({ from: from === '' ? undefined : from })}
      />
      <DateField
        label={say('reports.to')}
        value={search.to ?? ''}
        onChange={(to) => change({ to: to === '' ? undefined : to })}
      />
    </FilterBar>
  );
}

function labelOf(row: Row, by: (typeof REPORT_KEYS)[number]): string {
  return row[by] ?? say('value.none');
}

function figureOf(row: Row, figure: Figure): number | null {
  return figure === 'margin' ? row.marginAfterFees : row[figure];
}

function figureText(figure: Figure, value: number, currency: string | null): string {
  if (figure === 'units' || figure === 'orders' || currency === null) return count(value);
  return money({ minor: Math.round(value), currency });
}

function figureTick(figure: Figure, value: number, currency: string | null): string {
  if (figure === 'units' || figure === 'orders' || currency === null) return shortCount(value);
  return shortMoney({ minor: value, currency });
}

function columnsBy(by: (typeof REPORT_KEYS)[number]): readonly Column<Row>[] {
  return [
    { id: by, head: say(`reports.by.${by}`), priority: 1, cell: (row) => <bdi>{labelOf(row, by)}</bdi> },
    ...FIGURES.map(
      (figure): Column<Row> => ({
        id: figure,
        head: say(`reports.figure.${figure}`),
        numeric: true,
        priority: figure === 'revenue' ? 1 : 2,
        cell: (row) => {
          const value = figureOf(row, figure);
          return value === null ? say('reports.unknown') : figureText(figure, value, row.currency);
        },
      }),
    ),
  ];
}
