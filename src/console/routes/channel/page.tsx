import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { Channel } from '../../../api/shapes/channels.js';
import { channelQuery, connectorsQuery, setupQuery } from '../../app/channels.js';
import { useLiveQuery } from '../../app/live-events.js';
import { count, duration, moment } from '../../strings/formats.js';
import { say } from '../../strings/say.js';
import { Age } from '../../ui/age/age.js';
import { buttonClass } from '../../ui/button/button.js';
import { Card } from '../../ui/card/card.js';
import { ChannelMark } from '../../ui/channel-mark/channel-mark.js';
import { DataTable } from '../../ui/data-table/data-table.js';
import { FactList } from '../../ui/fact-list/fact-list.js';
import { Health } from '../../ui/health/health.js';
import { LedgerBar } from '../../ui/ledger-bar/ledger-bar.js';
import { LoadError, Notice } from '../../ui/notice/notice.js';
import { PageHead } from '../../ui/page-head/page-head.js';
import { Waiting } from '../../ui/skeleton/skeleton.js';
import { ChannelCheck } from '../connect/parts/channel-check.js';
import styles from './channel.module.css';
import { ChannelEnd } from './parts/channel-end.js';
import { GoesOut } from './parts/goes-out.js';

const route = getRouteApi('/shell/channels/$channel');

/** One channel: health, the ledger, promises, what goes out, credentials, schedules, what it can do, and its end. */
export function ChannelPage() {
  const { channel: id } = route.useParams();
  const query = useQuery(channelQuery(id));
  const setup = useQuery(setupQuery(id)).data;
  useLiveQuery('channels', ['channels', id]);
  const { data, error } = query;
  const fixed = setup?.state === 'file';
  return (
    <>
      <PageHead
        title={<ChannelMark channel={id} practice={data?.practice ?? false} />}
        name={[id, say('place.channels')]}
        beside={data && <span>{data.title}</span>}
        actions={
          <Link to="/channels/$channel/settings" params={{ channel: id }} className={buttonClass()}>
            {say('channel.settings')}
          </Link>
        }
      />
      {error && <LoadError error={error} retry={() => void query.refetch()} />}
      {!data && !error && <Waiting rows={8} />}
      {data && (
        <div className={styles.page}>
          {data.leaving !== null && (
            <Notice tone="warning">{say('channel.leaving', { n: count(data.leaving.left) })}</Notice>
          )}
          {data.standing && <Standing channel={data} />}
          {data.standing && <GoesOut channel={data} />}
          <Card title={say('channel.connection')}>
            <ChannelCheck channel={id} />
          </Card>
          <Schedules channel={data} />
          <Card title={say('channel.can')}>
            <Limits connector={data.connector} />
            <ul className={styles.can}>
              {data.capabilities.map((port) => (
                <li key={port}>{say(`channel.can_${port}`)}</li>
              ))}
            </ul>
          </Card>
          <ChannelEnd channel={data} fixed={fixed} />
        </div>
      )}
    </>
  );
}

function Standing({ channel: { id, standing } }: { readonly channel: Channel }) {
  if (standing === null) return null;
  const { health, ages, ledger } = standing;
  const age = (at: string | null) => (at === null ? say('overview.never') : <Age at={at} />);
  return (
    <Card title={say('channel.stands')} actions={<Health health={health.word} />}>
      <div className={styles.standing}>
        {health.because !== null && <p>{health.because}</p>}
        <LedgerBar ledger={ledger} channel={id} />
        <FactList
          facts={[
            [say('overview.price'), age(ages.priceSentAt)],
            [say('overview.stock'), age(ages.stockSentAt)],
            [say('overview.read'), age(ages.readBackAt)],
            [say('channel.promised'), say('channel.within', { span: duration(health.promisedMs) })],
          ]}
        />
      </div>
    </Card>
  );
}

function Schedules({ channel: { schedules } }: { readonly channel: Channel }) {
  if (schedules.length === 0) return null;
  return (
    <Card title={say('channel.schedules')} flush>
      <DataTable<Channel['schedules'][number]>
        caption={say('channel.schedules')}
        rows={schedules}
        keyOf={({ id }) => id}
        nameOf={({ id }) => id}
        columns={[
          { id: 'job', head: say('channel.job'), priority: 1, cell: ({ job }) => job },
          { id: 'zone', head: say('market.zone'), width: 'wide', priority: 3, cell: ({ zone }) => zone },
          {
            id: 'next',
            head: say('channel.next'),
            width: 'wide',
            priority: 1,
            cell: ({ next }) => (next === null ? say('value.none') : moment(next)),
          },
        ]}
      />
    </Card>
  );
}

/** What the channel cannot do, where people expect it. */
function Limits({ connector }: { readonly connector: string }) {
  const guide = useQuery(connectorsQuery).data?.connectors.find(({ id }) => id === connector)?.guide;
  return guide?.limits ? <p>{guide.limits}</p> : null;
}
