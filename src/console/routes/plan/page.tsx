import '../../strings/later.js';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { count } from '../../strings/formats.js';
import { say } from '../../strings/say.js';
import { Age } from '../../ui/age/age.js';
import { ChannelMark } from '../../ui/channel-mark/channel-mark.js';
import { EmptyState, LoadError, Notice } from '../../ui/notice/notice.js';
import { PageHead } from '../../ui/page-head/page-head.js';
import { Waiting } from '../../ui/skeleton/skeleton.js';
import { ChangeList } from './parts/change-list.js';
import { GroupCard } from './parts/group-card.js';
import { HoldsCard } from './parts/holds-card.js';
import styles from './parts/plan.module.css';
import { planQuery, type ShownPlan } from './queries.js';

const route = getRouteApi('/shell/plans/$channel');

/** What exactly will happen on the marketplace, and is anything odd? */
export function PlanPage() {
  const { channel } = route.useParams();
  const search = route.useSearch();
  const query = useQuery(planQuery(channel));
  const { data, error } = query;
  const [moved, setMoved] = useState<ShownPlan | null>(null);
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
      {data && moved?.channel === channel && moved.checksum !== data.checksum && (
        <div className={styles.moved}>
          <Moved shown={moved} now={data} />
        </div>
      )}
      {data?.planned === 0 && (
        <EmptyState title={say('plan.nothing')}>{say('plan.nothing_text', { channel })}</EmptyState>
      )}
      {data && data.planned > 0 && (
        <div className={styles.page}>
          {data.held > 0 && <HoldsCard plan={data} onMoved={setMoved} />}
          <GroupCard plan={data} />
          <ChangeList channel={channel} search={search} plan={data} />
        </div>
      )}
    </>
  );
}

/** A decision came too late: what was shown beside what it is now. */
function Moved({ shown, now }: { readonly shown: ShownPlan; readonly now: ShownPlan }) {
  const same = shown.planned === now.planned && shown.held === now.held;
  return (
    <Notice tone="warning">
      <p>{say('plan.moved')}</p>
      <p>
        {same
          ? say('plan.moved_same')
          : say('plan.moved_from', {
              planned: count(shown.planned),
              held: count(shown.held),
              now: count(now.planned),
              now_held: count(now.held),
            })}
      </p>
    </Notice>
  );
}
