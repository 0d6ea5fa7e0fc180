import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ChannelRow } from '../../../api/shapes/channels.js';
import { channelsQuery, draftsQuery } from '../../app/channels.js';
import { useLiveQuery } from '../../app/live-events.js';
import { count, moment } from '../../strings/formats.js';
import { say } from '../../strings/say.js';
import { Age } from '../../ui/age/age.js';
import { buttonClass } from '../../ui/button/button.js';
import { Card } from '../../ui/card/card.js';
import { ChannelMark } from '../../ui/channel-mark/channel-mark.js';
import { DataTable } from '../../ui/data-table/data-table.js';
import { Health } from '../../ui/health/health.js';
import { EmptyState, LoadError } from '../../ui/notice/notice.js';
import { PageHead } from '../../ui/page-head/page-head.js';
import { Waiting } from '../../ui/skeleton/skeleton.js';
import styles from './channels.module.css';

/** Channels and shops that are connected, how they stand, and those somebody began to connect. */
export function ChannelsPage() {
  const query = useQuery(channelsQuery);
  const drafts = useQuery(draftsQuery);
  useLiveQuery('channels', ['channels']);
  const { data, error } = query;
  const begun = drafts.data?.drafts ?? [];
  const connect = (
    <Link to="/channels/new" className={buttonClass('primary')}>
      {say('channels.connect')}
    </Link>
  );
  const empty = data?.channels.length === 0;
  return (
    <>
      <PageHead
        title={say('place.channels')}
        name={[say('place.channels')]}
        lead={say('channels.lead')}
        actions={!(empty && begun.length === 0) && connect}
      />
      {error && <LoadError error={error} retry={() => void query.refetch()} />}
      {!data && !error && <Waiting rows={4} />}
      <div className={styles.page}>
        {begun.length > 0 && (
          <Card title={say('channels.begun')}>
            <ul className={styles.drafts}>
              {begun.map(({ id, connector, title, step, changedAt, changedBy }) => (
                <li key={id} className={styles.draft}>
                  <span>
                    <bdi>{id}</bdi> · {title}
                    <span className={styles.dim}>
                      {say('channels.left_at', { at: moment(changedAt), by: changedBy })}
                    </span>
                  </span>
                  <Link
                    to="/channels/new/$connector"
                    params={{ connector }}
                    search={{ channel: id, ...(step === null ? {} : { step }) }}
                    className={buttonClass()}
                  >
                    {say('channels.go_on')}
                  </Link>
                </li>
              ))}
            </ul>
          </Card>
        )}
        {empty && begun.length === 0 && (
          <EmptyState title={say('channels.empty')} action={connect}>
            {say('channels.empty_text')}
          </EmptyState>
        )}
        {data && !empty && (
          <div className={styles.list}>
            <Rows rows={data.channels} />
          </div>
        )}
      </div>
    </>
  );
}

function Rows({ rows }: { readonly rows: readonly ChannelRow[] }) {
  return (
    <DataTable<ChannelRow>
      caption={say('place.channels')}
      rows={rows}
      keyOf={({ id }) => id}
      nameOf={({ id }) => id}
      columns={[
        {
          id: 'channel',
          head: say('column.channel'),
          priority: 1,
          cell: ({ id, practice }) => (
            <Link to="/channels/$channel" params={{ channel: id }}>
              <ChannelMark channel={id} practice={practice} />
            </Link>
          ),
        },
        { id: 'title', head: say('channels.kind'), width: 'wide', priority: 3, cell: ({ title }) => title },
        {
          id: 'market',
          head: say('channels.market'),
          width: 'medium',
          cell: ({ country, language, currency }) => `${country} · ${language} · ${currency}`,
        },
        {
          id: 'health',
          head: say('channels.health'),
          width: 'medium',
          priority: 1,
          cell: ({ standing }) =>
            standing && <Health health={standing.health.word} why={standing.health.because} />,
        },
        {
          id: 'live',
          head: say('channels.listings'),
          width: 'medium',
          cell: ({ id, standing }) =>
            standing && (
              <Link to="/listings" search={{ channel: id }}>
                {say('channels.live_of', {
                  live: count(standing.ledger.live),
                  all: count(standing.ledger.catalog),
                })}
              </Link>
            ),
        },
        {
          id: 'sends',
          head: say('channels.goes_out'),
          width: 'medium',
          cell: ({ sends, standing }) => standing && say(`sends.${sends.to}`),
        },
        {
          id: 'read',
          head: say('overview.read'),
          width: 'medium',
          priority: 3,
          cell: ({ standing }) => {
            const at = standing?.ages.readBackAt ?? null;
            return standing && (at === null ? say('overview.never') : <Age at={at} />);
          },
        },
      ]}
    />
  );
}
