import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import type { RunRow } from '../../../api/shapes/runs.js';
import { duration } from '../../strings/formats.js';
import { say, sayCode } from '../../strings/say.js';
import { Age } from '../../ui/age/age.js';
import type { Column } from '../../ui/data-table/data-table.js';
import { FilterBar } from '../../ui/filter-bar/filter-bar.js';
import { Listed } from '../../ui/listed/listed.js';
import { EmptyState } from '../../ui/notice/notice.js';
import { PageHead } from '../../ui/page-head/page-head.js';
import { Select } from '../../ui/select/select.js';
import { LinkTabs } from '../../ui/tabs/link-tabs.js';
import { ActivityLinks } from './parts/activity-tabs.js';
import { JobStrips } from './parts/job-strips.js';
import { RunNumbers } from './parts/run-facts.js';
import { RunWord } from './parts/run-word.js';
import styles from './parts/runs.module.css';
import { runsQuery, schedulesQuery } from './queries.js';
import { OUTCOMES, type RunsSearch } from './search.js';

const route = getRouteApi('/shell/activity');
const ALL = '*';

/** What did the house do, and did it add up? */
export function RunsPage() {
  const search = route.useSearch();
  const query = useQuery(runsQuery(search));
  const { data: schedules } = useQuery(schedulesQuery);
  const navigate = useNavigate({ from: '/activity' });
  const change = (changed: Partial<RunsSearch>): void =>
    void navigate({ search: (before) => ({ ...before, cursor: undefined, from: undefined, ...changed }) });
  const jobs = [...new Set((schedules?.looks ?? []).map(({ job }) => job))].sort();
  const keys = [...new Set((schedules?.looks ?? []).map(({ key }) => key))].sort();
  const set = [search.job, search.key].filter((value) => value !== undefined).length;
  return (
    <>
      <PageHead
        title={say('place.activity')}
        name={[say('activity.runs'), say('place.activity')]}
        lead={say('activity.lead')}
        actions={<ActivityLinks current="runs" />}
      />
      <LinkTabs
        label={say('activity.outcomes')}
        current={search.outcome ?? 'all'}
        tabs={(['all', ...OUTCOMES] as const).map((id) => ({
          id,
          label: id === 'all' ? say('listings.all') : say(`run.${id}`),
          search: { outcome: id === 'all' ? undefined : id, cursor: undefined, from: undefined },
        }))}
      />
      <FilterBar set={set} onClear={() => change({ job: undefined, key: undefined })}>
        <Select
          bare
          label={say('activity.job')}
          value={search.job ?? ALL}
          onChange={(id) => change({ job: id === ALL ? undefined : id })}
          choices={[
            { id: ALL, label: say('activity.all_jobs') },
            ...jobs.map((id) => ({ id, label: sayCode(`job.${id}`, id) })),
          ]}
        />
        <Select
          bare
          label={say('activity.about')}
          value={search.key ?? ALL}
          onChange={(id) => change({ key: id === ALL ? undefined : id })}
          choices={[
            { id: ALL, label: say('activity.all_keys') },
            ...keys.filter((key) => key !== ALL).map((id) => ({ id, label: id })),
          ]}
        />
      </FilterBar>
      {query.data && search.cursor === undefined && <JobStrips runs={query.data.items} />}
      <Listed<RunRow>
        query={query}
        place={search}
        caption={say('activity.runs')}
        columns={COLUMNS}
        keyOf={({ id }) => String(id)}
        nameOf={({ job, key }) => `${job} ${key}`}
        onOpen={({ id }) => void navigate({ to: '/activity/runs/$id', params: { id: String(id) } })}
        empty={
          <EmptyState title={set > 0 || search.outcome ? say('activity.none_match') : say('activity.none')}>
            {say('activity.none_text')}
          </EmptyState>
        }
      />
    </>
  );
}

const COLUMNS: readonly Column<RunRow>[] = [
  {
    id: 'job',
    head: say('activity.what'),
    priority: 1,
    width: 'wide',
    cell: ({ id, job, key }) => (
      <span className={styles.what}>
        <Link to="/activity/runs/$id" params={{ id: String(id) }}>
          {sayCode(`job.${job}`, job)}
        </Link>
        {key !== ALL && <bdi className={styles.dim}>{key}</bdi>}
      </span>
    ),
  },
  {
    id: 'outcome',
    head: say('column.state'),
    width: 'medium',
    priority: 1,
    cell: (run) => <RunWord run={run} />,
  },
  {
    id: 'numbers',
    head: say('activity.numbers'),
    cell: ({ facts, error }) => error ?? <RunNumbers facts={facts} />,
  },
  { id: 'at', head: say('stock.when'), width: 'medium', cell: ({ startedAt }) => <Age at={startedAt} /> },
  {
    id: 'took',
    head: say('activity.took'),
    width: 'narrow',
    numeric: true,
    cell: ({ tookMs }) => (tookMs === null ? '—' : duration(tookMs)),
  },
];
