import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Plan, PlanChange } from '../../../../api/shapes/plans.js';
import { say } from '../../../strings/say.js';
import { Code } from '../../../ui/code/code.js';
import { type Column, DataTable } from '../../../ui/data-table/data-table.js';
import { Diff } from '../../../ui/diff/diff.js';
import { EmptyState, LoadError } from '../../../ui/notice/notice.js';
import { Pager } from '../../../ui/pager/pager.js';
import { Waiting } from '../../../ui/skeleton/skeleton.js';
import { Split } from '../../../ui/split/split.js';
import { StateChip } from '../../../ui/state-chip/state-chip.js';
import { LinkTabs } from '../../../ui/tabs/link-tabs.js';
import { changesQuery } from '../queries.js';
import { CHANGES, type PlanSearch } from '../search.js';
import { textOrNull } from './group-card.js';
import styles from './plan.module.css';

interface Props {
  readonly channel: string;
  readonly search: PlanSearch;
  readonly plan: Plan;
}

/** Every change, field by field; tabs by kind, with the numbers of the plan. */
export function ChangeList({ channel, search, plan }: Props) {
  const query = useQuery(changesQuery(channel, search));
  const { data, error, isPlaceholderData } = query;
  const countOf = (kind: string): number =>
    plan.kinds.filter(({ change }) => change === kind).reduce((sum, { count }) => sum + count, 0);
  const none = { change: undefined, held: undefined, cursor: undefined, from: undefined };
  return (
    <div>
      <LinkTabs
        label={say('plan.kinds')}
        current={search.held === 'yes' ? 'held' : (search.change ?? 'all')}
        tabs={[
          { id: 'all', label: say('plan.all'), count: plan.planned, search: none },
          ...CHANGES.map((change) => ({
            id: change,
            label: say(`change.${change}`),
            count: countOf(change),
            search: { ...none, change },
          })),
          { id: 'held', label: say('part.held'), count: plan.held, search: { ...none, held: 'yes' } },
        ]}
      />
      {error && <LoadError error={error} retry={() => void query.refetch()} />}
      {!data && !error && <Waiting />}
      {data?.items.length === 0 && <EmptyState title={say('plan.no_changes')} />}
      {data && data.items.length > 0 && (
        <Split
          list={
            <>
              <DataTable
                caption={say('plan.changes')}
                columns={columnsFor(channel)}
                rows={data.items}
                keyOf={({ sku }) => sku}
                nameOf={({ sku }) => sku}
                busy={isPlaceholderData}
              />
              <Pager
                rows={data.items.length}
                from={search.from ?? 0}
                next={data.next}
                previous={data.previous}
                total={data.total}
              />
            </>
          }
          panel={null}
        />
      )}
    </div>
  );
}

function columnsFor(channel: string): readonly Column<PlanChange>[] {
  return [
    {
      id: 'sku',
      head: say('column.sku'),
      width: 'wide',
      priority: 1,
      cell: ({ sku }) => (
        <Link to="/listings/$channel/$sku" params={{ channel, sku }}>
          <code dir="ltr">{sku}</code>
        </Link>
      ),
    },
    {
      id: 'change',
      head: say('plan.change'),
      width: 'medium',
      priority: 1,
      cell: ({ change, held }) =>
        held === null ? say(`change.${change}`) : <StateChip state="held" why={held} />,
    },
    {
      id: 'differences',
      head: say('plan.differences'),
      cell: ({ differences, held }) => (
        <div className={styles.differences}>
          {held !== null && <span>{held}</span>}
          {(differences ?? []).map(({ attribute, before, after }) => (
            <span key={attribute}>
              <Code>{attribute}</Code> <Diff before={textOrNull(before)} after={textOrNull(after)} />
            </span>
          ))}
          {differences === null && held === null && <span className={styles.dim}>{say('plan.whole')}</span>}
        </div>
      ),
    },
  ];
}
