import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useEffect } from 'react';
import type { ListingLine } from '../../../../api/shapes/listings.js';
import { count, money } from '../../../strings/formats.js';
import { say } from '../../../strings/say.js';
import { Age } from '../../../ui/age/age.js';
import { ChannelMark } from '../../../ui/channel-mark/channel-mark.js';
import { type Column, DataTable } from '../../../ui/data-table/data-table.js';
import { useSelection } from '../../../ui/data-table/selection.js';
import { LoadError } from '../../../ui/notice/notice.js';
import { Pager } from '../../../ui/pager/pager.js';
import { ProductCell } from '../../../ui/product-cell/product-cell.js';
import { Waiting } from '../../../ui/skeleton/skeleton.js';
import { Split } from '../../../ui/split/split.js';
import { SeenWord, StateChip } from '../../../ui/state-chip/state-chip.js';
import { listingsQuery } from '../queries.js';
import type { ListingsSearch } from '../search.js';
import { ListingPeek } from './listing-peek.js';
import { NoListings } from './no-listings.js';
import { stateSentence } from './state-sentence.js';

/** Fetched when the first row is ticked. */
const ExcludeTicked = lazy(() =>
  import('./exclude-ticked.js').then((module) => ({ default: module.ExcludeTicked })),
);

/** The rows of the list with the panel of the one that is open. */
export function ListingRows({ search }: { readonly search: ListingsSearch }) {
  const query = useQuery(listingsQuery(search));
  const navigate = useNavigate({ from: '/listings' });
  const open = (key: string | undefined): void =>
    void navigate({
      search: (before) => ({ ...before, open: key }),
      replace: search.open !== undefined,
      resetScroll: false,
    });
  const selection = useSelection();
  const { data, error, isPlaceholderData } = query;
  useFocusBack(search.open);
  if (error && !data) return <LoadError error={error} retry={() => void query.refetch()} />;
  if (!data) return <Waiting />;
  if (data.items.length === 0) return <NoListings search={search} />;
  const at = data.items.findIndex((line) => keyOf(line) === search.open);
  const opened = data.items[at];
  return (
    <Split
      list={
        <>
          {selection.keys.size > 0 && (
            <Suspense>
              <ExcludeTicked
                rows={data.items.filter((line) => selection.has(keyOf(line)))}
                onDone={(refused) => {
                  selection.clear();
                  selection.set(refused.map(keyOf), true);
                }}
              />
            </Suspense>
          )}
          {error && (
            <LoadError
              error={error}
              retry={() => void query.refetch()}
              staleSince={new Date(query.dataUpdatedAt).toISOString()}
            />
          )}
          <DataTable<ListingLine>
            caption={say('listings.caption')}
            columns={COLUMNS}
            rows={data.items}
            keyOf={keyOf}
            nameOf={(line) => `${line.title} ${line.sku} ${line.channel}`}
            open={search.open}
            selection={selection}
            onOpen={(line) => open(keyOf(line))}
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
      }
      panel={
        opened && (
          <ListingPeek
            key={keyOf(opened)}
            line={opened}
            onClose={() => open(undefined)}
            onStep={(step) => {
              const next = data.items[at + step];
              if (next) open(keyOf(next));
            }}
          />
        )
      }
    />
  );
}

/** Channel and SKU in one text for the address. */
function keyOf({ channel, sku }: Pick<ListingLine, 'channel' | 'sku'>): string {
  return `${channel} ${sku}`;
}

/** When the panel closes, its row has the focus again. */
function useFocusBack(open: string | undefined): void {
  useEffect(() => {
    if (open === undefined) return undefined;
    return () => {
      requestAnimationFrame(() => {
        if (document.querySelector('main aside') !== null) return;
        document
          .querySelector<HTMLElement>(`[data-row="${CSS.escape(open)}"]`)
          ?.focus({ preventScroll: true });
      });
    };
  }, [open]);
}

const COLUMNS: readonly Column<ListingLine>[] = [
  {
    id: 'product',
    head: say('column.product'),
    priority: 1,
    cell: ({ title, sku, image, channel }) => (
      <ProductCell
        title={title}
        sku={sku}
        image={image}
        link={(shown) => (
          <Link to="/listings/$channel/$sku" params={{ channel, sku }}>
            {shown}
          </Link>
        )}
      />
    ),
  },
  {
    id: 'channel',
    head: say('column.channel'),
    width: 'medium',
    cell: ({ channel }) => <ChannelMark channel={channel} />,
  },
  {
    id: 'seen',
    head: say('column.seen'),
    width: 'medium',
    priority: 1,
    cell: ({ see, channel }) => <SeenWord seen={see} why={say(`seen_why.${see}`, { channel })} />,
  },
  {
    id: 'state',
    head: say('column.state'),
    width: 'wide',
    priority: 1,
    cell: ({ state, channel, warnings }) => (
      <StateChip state={state.word} why={stateSentence(state, channel)} warnings={warnings} />
    ),
  },
  {
    id: 'issue',
    head: say('column.issue'),
    width: 'wide',
    priority: 3,
    cell: ({ firstIssue }) => firstIssue && <span title={firstIssue.message}>{firstIssue.message}</span>,
  },
  {
    id: 'price',
    head: say('column.price'),
    width: 'medium',
    numeric: true,
    cell: ({ price }) => (price === null ? '—' : money(price)),
  },
  {
    id: 'available',
    head: say('column.available'),
    width: 'narrow',
    numeric: true,
    cell: ({ available }) => (available === null ? '—' : count(available)),
  },
  {
    id: 'sent',
    head: say('column.sent'),
    width: 'narrow',
    priority: 3,
    cell: ({ sentAt }) => <Age at={sentAt} />,
  },
];
