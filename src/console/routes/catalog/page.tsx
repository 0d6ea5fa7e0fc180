import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { say } from '../../strings/say.js';
import { buttonClass } from '../../ui/button/button.js';
import { DataTable } from '../../ui/data-table/data-table.js';
import { EmptyState, LoadError } from '../../ui/notice/notice.js';
import { PageHead } from '../../ui/page-head/page-head.js';
import { Pager, positionOf } from '../../ui/pager/pager.js';
import { Waiting } from '../../ui/skeleton/skeleton.js';
import { Split } from '../../ui/split/split.js';
import { columnsFor } from './parts/catalog-columns.js';
import { CatalogFilters, catalogFiltersSet } from './parts/catalog-filters.js';
import { productsQuery } from './queries.js';
import type { CatalogSearch } from './search.js';

const route = getRouteApi('/shell/catalog');

/** Where is this product, and what do channels say about it? */
export function CatalogPage() {
  const search = route.useSearch();
  const query = useQuery(productsQuery(search));
  const { data, error, isPlaceholderData } = query;
  return (
    <>
      <PageHead
        title={say('place.catalog')}
        name={[say('place.catalog')]}
        beside={data && positionOf({ rows: data.items.length, from: search.from ?? 0, total: data.total })}
      />
      <Split
        list={
          <>
            <CatalogFilters search={search} />
            {error && <LoadError error={error} retry={() => void query.refetch()} />}
            {!data && !error && <Waiting />}
            {data?.items.length === 0 && <NoProducts search={search} />}
            {data && data.items.length > 0 && (
              <>
                <DataTable
                  caption={say('place.catalog')}
                  columns={columnsFor(data.items)}
                  rows={data.items}
                  keyOf={({ id }) => id}
                  nameOf={({ title, id }) => title ?? id}
                  busy={isPlaceholderData}
                />
                <Pager
                  rows={data.items.length}
                  from={search.from ?? 0}
                  next={data.next}
                  previous={data.previous}
                  total={data.total}
                />
              </>
            )}
          </>
        }
        panel={null}
      />
    </>
  );
}

function NoProducts({ search }: { readonly search: CatalogSearch }) {
  if (catalogFiltersSet(search) === 0 && search.q === undefined)
    return (
      <EmptyState
        title={say('catalog.empty')}
        action={
          <Link to="/start" className={buttonClass('primary')}>
            {say('catalog.empty_action')}
          </Link>
        }
      >
        {say('catalog.empty_text')}
      </EmptyState>
    );
  return (
    <EmptyState
      title={say('catalog.none')}
      action={
        <Link to="/catalog" search={{}} className={buttonClass()}>
          {say('filters.clear')}
        </Link>
      }
    />
  );
}
