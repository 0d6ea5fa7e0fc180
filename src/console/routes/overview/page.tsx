import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Navigate } from '@tanstack/react-router';
import { useLiveQuery } from '../../app/live-events.js';
import { say } from '../../strings/say.js';
import { LoadError } from '../../ui/notice/notice.js';
import { PageHead } from '../../ui/page-head/page-head.js';
import { Waiting } from '../../ui/skeleton/skeleton.js';
import { ChannelTable } from './parts/channel-table.js';
import { DigestCard } from './parts/digest-card.js';
import { HistoryCharts } from './parts/history-charts.js';
import { NeedsYou } from './parts/needs-you.js';
import { OrdersCard } from './parts/orders-card.js';
import styles from './parts/overview.module.css';
import { overviewQuery } from './queries.js';

const route = getRouteApi('/shell/');

/** Is everything well, what changed, what do I do first? */
export function OverviewPage() {
  const { since } = route.useSearch();
  const query = useQuery(overviewQuery(since));
  useLiveQuery('overview', ['overview']);
  const { data, error } = query;
  if (data?.channels.length === 0) return <Navigate to="/start" replace />;
  return (
    <>
      <PageHead title={say('place.overview')} name={[say('place.overview')]} />
      {error && (
        <LoadError error={error} retry={() => void query.refetch()} staleSince={data ? data.at : null} />
      )}
      {!data && !error && <Waiting rows={6} />}
      {data && (
        <div className={styles.page}>
          <NeedsYou overview={data} />
          <ChannelTable channels={data.channels} />
          <div className={styles.pair}>
            <OrdersCard orders={data.orders} />
            <DigestCard digest={data.digest} />
          </div>
          <HistoryCharts />
        </div>
      )}
    </>
  );
}
