import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useCallback } from 'react';
import type { StockLine } from '../../../api/shapes/stock.js';
import { count } from '../../strings/formats.js';
import { say } from '../../strings/say.js';
import { buttonClass } from '../../ui/button/button.js';
import { Code } from '../../ui/code/code.js';
import type { Column } from '../../ui/data-table/data-table.js';
import { FilterBar } from '../../ui/filter-bar/filter-bar.js';
import { Listed } from '../../ui/listed/listed.js';
import { EmptyState } from '../../ui/notice/notice.js';
import { PageHead } from '../../ui/page-head/page-head.js';
import { Select } from '../../ui/select/select.js';
import { locationsQuery } from '../order/queries.js';
import styles from './parts/stock.module.css';
import { ChannelUnits } from './parts/stock-sum.js';
import { stockQuery } from './queries.js';
import type { StockSearch } from './search.js';

const route = getRouteApi('/shell/stock');
const ALL = '*';

/** How many are there, to whom are they promised, and what may each channel offer? */
export function StockPage() {
  const search = route.useSearch();
  const query = useQuery(stockQuery(search));
  const { data: locations } = useQuery(locationsQuery);
  const navigate = useNavigate({ from: '/stock' });
  const change = useCallback(
    (changed: Partial<StockSearch>) =>
      void navigate({
        search: (before) => ({ ...before, cursor: undefined, from: undefined, ...changed }),
        replace: 'q' in changed,
      }),
    [navigate],
  );
  const changeText = useCallback((q: string) => change({ q: q.trim() || undefined }), [change]);
  const set = [search.q, search.location].filter((value) => value !== undefined).length;
  return (
    <>
      <PageHead
        title={say('place.stock')}
        name={[say('place.stock')]}
        lead={say('stock.lead')}
        actions={
          <Link to="/stock/counts" className={buttonClass('primary')}>
            {say('stock.import')}
          </Link>
        }
      />
      <FilterBar
        set={set}
        onClear={() => change({ q: undefined, location: undefined })}
        search={{ label: say('listings.find'), value: search.q ?? '', onChange: changeText }}
      >
        {(locations?.length ?? 0) > 0 && (
          <Select
            bare
            label={say('pick.location')}
            value={search.location ?? ALL}
            onChange={(id) => change({ location: id === ALL ? undefined : id })}
            choices={[
              { id: ALL, label: say('pick.all_locations') },
              ...(locations ?? []).map(({ id, name }) => ({ id, label: name })),
            ]}
          />
        )}
      </FilterBar>
      <Listed<StockLine>
        query={query}
        place={search}
        caption={say('place.stock')}
        columns={COLUMNS}
        keyOf={({ sku }) => sku}
        nameOf={({ sku, title }) => `${title} ${sku}`}
        onOpen={({ sku }) => void navigate({ to: '/stock/$sku', params: { sku } })}
        empty={
          <EmptyState title={set > 0 ? say('stock.none_match') : say('catalog.empty')}>
            {set > 0 ? say('listings.none_text') : say('catalog.empty_text')}
          </EmptyState>
        }
      />
    </>
  );
}

const COLUMNS: readonly Column<StockLine>[] = [
  {
    id: 'product',
    head: say('column.product'),
    priority: 1,
    cell: ({ sku, title }) => (
      <span className={styles.product}>
        <Link to="/stock/$sku" params={{ sku }}>
          <bdi>{title}</bdi>
        </Link>
        <Code>{sku}</Code>
      </span>
    ),
  },
  {
    id: 'onHand',
    head: say('stock.on_hand'),
    width: 'narrow',
    numeric: true,
    cell: ({ onHand, untracked }) =>
      untracked ? say('stock.untracked') : onHand === null ? say('stock.not_counted') : count(onHand),
  },
  {
    id: 'reserved',
    head: say('stock.reserved'),
    width: 'narrow',
    numeric: true,
    cell: ({ reserved }) => count(reserved),
  },
  {
    id: 'levels',
    head: say('stock.locations'),
    width: 'wide',
    cell: ({ levels }) =>
      levels.map(({ location, onHand }) => `${location} ${count(onHand)}`).join(' · ') || '—',
  },
  {
    id: 'channels',
    head: say('stock.may_offer'),
    priority: 1,
    cell: (line) => (
      <span className={styles.channels}>
        {line.channels.map((units) => (
          <ChannelUnits key={units.channel} line={line} units={units} />
        ))}
      </span>
    ),
  },
];
