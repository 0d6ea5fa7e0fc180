import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import type { AuditLine } from '../../../api/shapes/reports.js';
import { count, fullInstant, moment } from '../../strings/formats.js';
import { say, sayCode } from '../../strings/say.js';
import { Code } from '../../ui/code/code.js';
import type { Column } from '../../ui/data-table/data-table.js';
import { DateField } from '../../ui/date-field/date-field.js';
import { Diff } from '../../ui/diff/diff.js';
import { FilterBar } from '../../ui/filter-bar/filter-bar.js';
import { textOf } from '../../ui/json-value/text-of.js';
import { Listed } from '../../ui/listed/listed.js';
import { EmptyState, Notice } from '../../ui/notice/notice.js';
import { PageHead } from '../../ui/page-head/page-head.js';
import { WordChip } from '../../ui/state-chip/state-chip.js';
import { ActivityLinks } from '../runs/parts/activity-tabs.js';
import styles from '../runs/parts/runs.module.css';
import { auditCheckQuery, auditQuery } from './queries.js';
import type { AuditSearch } from './search.js';

const route = getRouteApi('/shell/activity/audit');

/** Who did what, to what, from where? A broken chain is said at once. */
export function AuditPage() {
  const search = route.useSearch();
  const query = useQuery(auditQuery(search));
  const { data: check } = useQuery(auditCheckQuery);
  const navigate = useNavigate({ from: '/activity/audit' });
  const change = (changed: Partial<AuditSearch>): void =>
    void navigate({ search: (before) => ({ ...before, cursor: undefined, from: undefined, ...changed }) });
  const set = [search.actor, search.object, search.since].filter((value) => value !== undefined).length;
  return (
    <>
      <PageHead
        title={say('activity.audit')}
        name={[say('activity.audit'), say('place.activity')]}
        beside={check?.brokenAt === null && say('audit.sound', { n: count(check.entries) })}
        lead={say('audit.lead')}
        actions={<ActivityLinks current="audit" />}
      />
      {check && check.brokenAt !== null && (
        <Notice tone="problem">{say('audit.broken', { n: count(check.brokenAt) })}</Notice>
      )}
      <FilterBar
        set={set}
        onClear={() => change({ actor: undefined, object: undefined, since: undefined })}
        search={{
          label: say('audit.object'),
          value: search.object ?? '',
          onChange: (object) => change({ object: object.trim() || undefined }),
        }}
      >
        <DateField
          label={say('audit.since')}
          value={search.since ?? ''}
          onChange={(since) => change({ since: since === '' ? undefined : since })}
        />
      </FilterBar>
      <Listed<AuditLine>
        query={query}
        place={search}
        caption={say('activity.audit')}
        columns={COLUMNS}
        keyOf={({ number }) => String(number)}
        nameOf={({ actorName, action }) => `${actorName} ${action}`}
        empty={
          <EmptyState title={set > 0 ? say('audit.none_match') : say('audit.none')}>
            {say('audit.none_text')}
          </EmptyState>
        }
      />
    </>
  );
}

const COLUMNS: readonly Column<AuditLine>[] = [
  {
    id: 'who',
    head: say('audit.who'),
    priority: 1,
    width: 'wide',
    cell: ({ actorId, actorName, actorKind, address }) => (
      <span className={styles.what}>
        <Link to="/activity/audit" search={{ actor: actorId === '' ? undefined : actorId }}>
          <bdi>{actorName === '' ? sayCode(`audit.kind.${actorKind}`, actorKind) : actorName}</bdi>
        </Link>
        <span className={styles.dim}>{address}</span>
      </span>
    ),
  },
  {
    id: 'what',
    head: say('audit.what'),
    priority: 1,
    cell: ({ action, object }) => (
      <span className={styles.what}>
        <Link to="/activity/audit" search={{ object: object === '' ? undefined : object }}>
          <bdi>{object === '' ? '—' : object}</bdi>
        </Link>
        <Code>{action}</Code>
      </span>
    ),
  },
  {
    id: 'change',
    head: say('audit.change'),
    cell: ({ before, after }) =>
      before === null && after === null ? null : (
        <Diff before={textOrNull(before)} after={textOrNull(after)} />
      ),
  },
  {
    id: 'outcome',
    head: say('parcels.outcome'),
    width: 'medium',
    cell: ({ outcome }) =>
      outcome === 'done' ? (
        <WordChip tone="live" shape="live" word={say('run.done')} />
      ) : (
        <WordChip tone="warning" shape="blocked" word={say('audit.refused')} why={outcome} />
      ),
  },
  {
    id: 'at',
    head: say('stock.when'),
    width: 'wide',
    cell: ({ at }) => (
      <time dateTime={at} title={fullInstant(at)}>
        {moment(at)}
      </time>
    ),
  },
];

function textOrNull(value: unknown): string | null {
  return value === null || value === undefined ? null : textOf(value);
}
