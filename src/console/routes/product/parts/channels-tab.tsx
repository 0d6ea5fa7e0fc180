import { Link } from '@tanstack/react-router';
import type { Variant } from '../../../../api/shapes/product.js';
import { count, money } from '../../../strings/formats.js';
import { say } from '../../../strings/say.js';
import { ChannelMark } from '../../../ui/channel-mark/channel-mark.js';
import { type Column, DataTable } from '../../../ui/data-table/data-table.js';
import { EmptyState } from '../../../ui/notice/notice.js';
import { SeenWord, StateChip } from '../../../ui/state-chip/state-chip.js';
import { stateSentence } from '../../listings/parts/state-sentence.js';
import styles from './product.module.css';

type OnChannel = Variant['listings'][number];

/** How one variant stands on every channel. */
export function ChannelsTab({ variant }: { readonly variant: Variant }) {
  if (variant.listings.length === 0)
    return <EmptyState title={say('product.no_channels')}>{say('product.no_channels_text')}</EmptyState>;
  return (
    <div className={styles.surface}>
      <DataTable
        caption={say('product.on_channels', { sku: variant.sku })}
        columns={columnsFor(variant.sku)}
        rows={variant.listings}
        keyOf={({ channel }) => channel}
        nameOf={({ channel }) => channel}
      />
    </div>
  );
}

function columnsFor(sku: string): readonly Column<OnChannel>[] {
  return [
    {
      id: 'channel',
      head: say('column.channel'),
      priority: 1,
      cell: ({ channel }) => (
        <Link to="/listings/$channel/$sku" params={{ channel, sku }}>
          <ChannelMark channel={channel} />
        </Link>
      ),
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
      cell: ({ state, channel, errors }) => (
        <>
          <StateChip state={state.word} why={stateSentence(state, channel)} />
          {errors > 0 && <span className={styles.errors}>{say('product.errors', { n: errors })}</span>}
        </>
      ),
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
  ];
}
