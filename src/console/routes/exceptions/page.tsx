import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useLiveQuery } from '../../app/live-events.js';
import { count } from '../../strings/formats.js';
import { say } from '../../strings/say.js';
import { buttonClass } from '../../ui/button/button.js';
import { EmptyState, LoadError } from '../../ui/notice/notice.js';
import { PageHead } from '../../ui/page-head/page-head.js';
import { Waiting } from '../../ui/skeleton/skeleton.js';
import styles from './parts/queue.module.css';
import { QueueCard } from './parts/queue-card.js';
import { QueueList } from './parts/queue-list.js';
import { exceptionsQuery, keyOf } from './queries.js';

const route = getRouteApi('/shell/orders/exceptions');

/** What about orders needs me? One after the other, the order that must leave first at the top. */
export function ExceptionsPage() {
  const { open } = route.useSearch();
  const query = useQuery(exceptionsQuery);
  useLiveQuery('orders', ['orders', 'exceptions']);
  const { data, error } = query;
  const items = data?.flatMap((group) => group.items) ?? [];
  const at = Math.max(
    0,
    items.findIndex((item) => keyOf(item) === open),
  );
  const current = items[at];
  return (
    <>
      <PageHead
        title={say('exceptions.title')}
        name={[say('exceptions.title'), say('place.orders')]}
        beside={data && say('exceptions.count', { n: items.length })}
        lead={say('exceptions.lead')}
        actions={
          <Link to="/orders" className={buttonClass()}>
            {say('exceptions.all_orders')}
          </Link>
        }
      />
      {error && <LoadError error={error} retry={() => void query.refetch()} />}
      {!data && !error && <Waiting rows={5} />}
      {data && current === undefined && (
        <EmptyState title={say('exceptions.none')}>{say('exceptions.none_text')}</EmptyState>
      )}
      {data && current && (
        <div className={styles.page}>
          <QueueList groups={data} current={keyOf(current)} />
          <QueueCard
            key={keyOf(current)}
            item={current}
            position={say('exceptions.position', { at: count(at + 1), n: count(items.length) })}
            before={items[at - 1] ?? null}
            after={items[at + 1] ?? null}
          />
        </div>
      )}
    </>
  );
}
