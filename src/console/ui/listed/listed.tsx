import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { PageOf } from '../../../api/paging.js';
import type { ListPlace } from '../../app/search-params.js';
import { type Column, DataTable } from '../data-table/data-table.js';
import type { Selection } from '../data-table/selection.js';
import { LoadError } from '../notice/notice.js';
import { Pager } from '../pager/pager.js';
import { Waiting } from '../skeleton/skeleton.js';
import { Split } from '../split/split.js';

interface Props<Row> {
  readonly query: UseQueryResult<PageOf<Row>>;
  /** Where in the list the address stands. */
  readonly place: ListPlace;
  readonly caption: string;
  readonly columns: readonly Column<Row>[];
  keyOf(row: Row): string;
  nameOf(row: Row): string;
  /** Opens the page or the panel of a row. */
  onOpen?(row: Row): void;
  readonly selection?: Selection;
  /** Shown where there is no row: it says whether nothing is there, or nothing matches. */
  readonly empty: ReactNode;
  /** The panel of the row that is open. */
  readonly panel?: ReactNode;
}

/** A list of the server, page by page, in its four pictures: waiting, failed (never empty), empty, rows. Older rows stay, and say so, when the next read fails. */
export function Listed<Row>({ query, place, empty, panel, ...table }: Props<Row>) {
  const { data, error, isPlaceholderData } = query;
  const retry = (): void => void query.refetch();
  if (error && !data) return <LoadError error={error} retry={retry} />;
  if (!data) return <Waiting />;
  if (data.items.length === 0) return empty;
  return (
    <Split
      list={
        <>
          {error && (
            <LoadError error={error} retry={retry} staleSince={new Date(query.dataUpdatedAt).toISOString()} />
          )}
          <DataTable<Row> {...table} open={place.open} rows={data.items} busy={isPlaceholderData} />
          <Pager
            rows={data.items.length}
            from={place.from ?? 0}
            next={data.next}
            previous={data.previous}
            total={data.total}
          />
        </>
      }
      panel={panel}
    />
  );
}
