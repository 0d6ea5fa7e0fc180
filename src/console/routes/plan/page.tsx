import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { count } from '../../strings/formats.js';
import { say } from '../../strings/say.js';
import { Age } from '../../ui/age/age.js';
import { ChannelMark } from '../../ui/channel-mark/channel-mark.js';
import { EmptyState, LoadError } from '../../ui/notice/notice.js';
import { PageHead } from '../../ui/page-head/page-head.js';
import { Waiting } from '../../ui/skeleton/skeleton.js';
import { ChangeList } from './parts/change-list.js';
import { GroupCard } from './parts/group-card.js';
import { HoldsCard } from './parts/holds-card.js';
import styles from './parts/plan.module.css';
import { planQuery } from './queries.js';

const route = getRouteApi('/shell/plans/$channel');

/** What exactly will happen on the marketplace, and is anything odd? */
export function PlanPage() {
  const { channel } = route.useParams();
  const search = route.useSearch();
  const query = useQuery(planQuery(channel));
  const { data, error } = query;
  return (
    <>
      <PageHead
        title={say('plan.title')}
        name={[say('plan.title'), channel, say('place.plans')]}
        beside={
          <>
            <ChannelMark channel={channel} />
            {data && (
              <span>
                {say('plan.made')} <Age at={data.at} />
              </span>
            )}
          </>
        }
        lead={
          data &&
          data.planned > 0 &&
          say('plan.sum', { planned: count(data.planned), sends: count(data.sends), held: count(data.held) })
        }
      />
      {error && <LoadError error={error} retry={() => void query.refetch()} />}
      {!data && !error && <Waiting rows={6} words={say('plan.working')} />}
      {data?.planned === 0 && (
        <EmptyState title={say('plan.nothing')}>{say('plan.nothing_text', { channel })}</EmptyState>
      )}
      {data && data.planned > 0 && (
        <div className={styles.page}>
          {data.held > 0 && <HoldsCard plan={data} />}
          <GroupCard plan={data} />
          <ChangeList channel={channel} search={search} plan={data} />
        </div>
      )}
    </>
  );
}
