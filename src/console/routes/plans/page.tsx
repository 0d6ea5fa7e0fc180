import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { PlanStanding } from '../../../api/shapes/plans.js';
import { useLiveQuery } from '../../app/live-events.js';
import { count } from '../../strings/formats.js';
import { say } from '../../strings/say.js';
import { Age } from '../../ui/age/age.js';
import { buttonClass } from '../../ui/button/button.js';
import { ChannelMark } from '../../ui/channel-mark/channel-mark.js';
import { type Column, DataTable } from '../../ui/data-table/data-table.js';
import { EmptyState, LoadError } from '../../ui/notice/notice.js';
import { PageHead } from '../../ui/page-head/page-head.js';
import { Waiting } from '../../ui/skeleton/skeleton.js';
import { Split } from '../../ui/split/split.js';
import { plansQuery } from './queries.js';

/** What waits to be sent to each channel, and what of it is held for a person. */
export function PlansPage() {
  const query = useQuery(plansQuery);
  useLiveQuery('plans', ['plans']);
  const { data, error } = query;
  return (
    <>
      <PageHead title={say('place.plans')} name={[say('place.plans')]} lead={say('plans.lead')} />
      {error && <LoadError error={error} retry={() => void query.refetch()} />}
      {!data && !error && <Waiting rows={4} />}
      {data?.length === 0 && <EmptyState title={say('plans.empty')}>{say('plans.empty_text')}</EmptyState>}
      {data && data.length > 0 && (
        <Split
          list={
            <DataTable
              caption={say('place.plans')}
              columns={COLUMNS}
              rows={data}
              keyOf={({ channel }) => channel}
              nameOf={({ channel }) => channel}
            />
          }
          panel={null}
        />
      )}
    </>
  );
}

const COLUMNS: readonly Column<PlanStanding>[] = [
  {
    id: 'channel',
    head: say('column.channel'),
    priority: 1,
    cell: ({ channel }) => (
      <Link to="/plans/$channel" params={{ channel }}>
        <ChannelMark channel={channel} />
      </Link>
    ),
  },
  { id: 'due', head: say('plans.due'), width: 'medium', numeric: true, cell: ({ due }) => count(due) },
  { id: 'held', head: say('plans.held'), width: 'medium', numeric: true, cell: ({ held }) => count(held) },
  {
    id: 'reasons',
    head: say('plans.why_held'),
    width: 'wide',
    cell: ({ reasons }) =>
      reasons.map(({ reason, count: n }) => say('plans.reason', { reason, n })).join(' · ') || '—',
  },
  {
    id: 'oldest',
    head: say('plans.oldest'),
    width: 'medium',
    cell: ({ oldestDue }) => <Age at={oldestDue} />,
  },
  {
    id: 'open',
    head: say('plans.look'),
    width: 'medium',
    cell: ({ channel }) => (
      <Link to="/plans/$channel" params={{ channel }} className={buttonClass()}>
        {say('plans.open')}
      </Link>
    ),
  },
];
