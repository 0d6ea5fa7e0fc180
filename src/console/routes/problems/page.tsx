import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useLiveQuery } from '../../app/live-events.js';
import { say } from '../../strings/say.js';
import { EmptyState, LoadError } from '../../ui/notice/notice.js';
import { PageHead } from '../../ui/page-head/page-head.js';
import { ProblemCard, type ProblemFacts } from '../../ui/problem-card/problem-card.js';
import { Waiting } from '../../ui/skeleton/skeleton.js';
import { LinkTabs } from '../../ui/tabs/link-tabs.js';
import styles from './problems.module.css';
import { problemsQuery } from './queries.js';
import type { ProblemTab } from './search.js';

const route = getRouteApi('/shell/problems');

/** Everything that needs a person, and what heals by itself. Nobody presses "resolve": a problem goes when its cause is gone. */
export function ProblemsPage() {
  const { tab = 'you' } = route.useSearch();
  const query = useQuery(problemsQuery);
  useLiveQuery('problems', ['problems']);
  const { data, error } = query;
  const of = (wanted: ProblemTab): readonly ProblemFacts[] =>
    (data?.groups ?? []).filter(({ owner }) => (owner === 'operator') === (wanted === 'you'));
  const shown = of(tab);
  return (
    <>
      <PageHead title={say('place.problems')} name={[say(`problems.${tab}`), say('place.problems')]} />
      <LinkTabs
        label={say('problems.tabs')}
        current={tab}
        tabs={(['you', 'heals'] as const).map((id) => ({
          id,
          label: say(`problems.${id}`),
          count: data ? of(id).length : undefined,
          search: { tab: id === 'you' ? undefined : id },
        }))}
      />
      {error && <LoadError error={error} retry={() => void query.refetch()} />}
      {!data && !error && <Waiting rows={4} />}
      {data && shown.length === 0 && (
        <EmptyState title={say(`problems.none_${tab}`)}>{say(`problems.none_${tab}_text`)}</EmptyState>
      )}
      {shown.length > 0 && (
        <div className={styles.list}>
          {shown.map((problem) => (
            <ProblemCard key={problem.id} problem={problem} />
          ))}
        </div>
      )}
    </>
  );
}
