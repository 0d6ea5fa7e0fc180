import '../../strings/later.js';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useLiveQuery } from '../../app/live-events.js';
import { say } from '../../strings/say.js';
import { EmptyState, LoadError } from '../../ui/notice/notice.js';
import { PageHead } from '../../ui/page-head/page-head.js';
import { ProblemCard, type ProblemFacts } from '../../ui/problem-card/problem-card.js';
import { Waiting } from '../../ui/skeleton/skeleton.js';
import { LinkTabs } from '../../ui/tabs/link-tabs.js';
import { EndSnooze } from './parts/end-snooze.js';
import { SnoozeButton } from './parts/snooze-button.js';
import { SnoozeFacts } from './parts/snooze-facts.js';
import styles from './problems.module.css';
import { problemsQuery } from './queries.js';
import { PROBLEM_TABS, type ProblemTab } from './search.js';

const route = getRouteApi('/shell/problems');

/** Everything that needs a person, what heals by itself, and what was put off. Nobody presses "resolve": a problem goes when its cause is gone. */
export function ProblemsPage() {
  const { tab = 'you' } = route.useSearch();
  const open = useQuery(problemsQuery(false));
  const snoozed = useQuery(problemsQuery(true));
  useLiveQuery('problems', ['problems']);
  const query = tab === 'snoozed' ? snoozed : open;
  const { data, error } = query;
  const of = (wanted: ProblemTab): readonly ProblemFacts[] | undefined =>
    wanted === 'snoozed'
      ? snoozed.data?.groups
      : open.data?.groups.filter(({ owner }) => (owner === 'operator') === (wanted === 'you'));
  const shown = of(tab) ?? [];
  return (
    <>
      <PageHead title={say('place.problems')} name={[say(`problems.${tab}`), say('place.problems')]} />
      <LinkTabs
        label={say('problems.tabs')}
        current={tab}
        tabs={PROBLEM_TABS.map((id) => ({
          id,
          label: say(`problems.${id}`),
          count: of(id)?.length,
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
            <ProblemCard
              key={problem.id}
              problem={problem}
              note={problem.snooze && <SnoozeFacts snooze={problem.snooze} />}
              actions={
                problem.snooze === null ? <SnoozeButton problem={problem} /> : <EndSnooze problem={problem} />
              }
            />
          ))}
        </div>
      )}
    </>
  );
}
