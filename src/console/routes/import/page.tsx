import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { ImportRow } from '../../../api/shapes/sources.js';
import { useLiveQuery } from '../../app/live-events.js';
import { useWhyNot } from '../../app/session.js';
import { count, moment } from '../../strings/formats.js';
import { say } from '../../strings/say.js';
import { Button } from '../../ui/button/button.js';
import { Card } from '../../ui/card/card.js';
import { FactList } from '../../ui/fact-list/fact-list.js';
import { Refused } from '../../ui/form/form.js';
import { factIn, heldReasons, ImportState } from '../../ui/import-state/import-state.js';
import { EmptyState, LoadError, Notice } from '../../ui/notice/notice.js';
import { PageHead } from '../../ui/page-head/page-head.js';
import { Pager } from '../../ui/pager/pager.js';
import { Waiting } from '../../ui/skeleton/skeleton.js';
import { LinkTabs } from '../../ui/tabs/link-tabs.js';
import { ErrorRows } from '../source-new/parts/error-rows.js';
import styles from './import.module.css';
import { importQuery, releaseImport, rowsQuery } from './queries.js';

const route = getRouteApi('/shell/sources/$source/imports/$import');

/** Numbers of an import, in this order, where they are known. */
const NUMBERS = [
  'rows',
  'products',
  'variants',
  'created',
  'changed',
  'unchanged',
  'ended',
  'rejectedRows',
] as const;
const DETECTED = ['format', 'encoding', 'delimiter', 'mapping'] as const;

/** One import: what it brought, what was detected, and every row that was set aside or taken with a doubt. */
export function ImportPage() {
  const { source, import: id } = route.useParams();
  const query = useQuery(importQuery(source, id));
  useLiveQuery('sources', ['sources', source, 'import', id]);
  const { data, error } = query;
  return (
    <>
      <PageHead
        title={data ? say('import.title', { at: moment(data.startedAt) }) : say('import.of')}
        name={[say('import.of'), source, say('place.sources')]}
        beside={
          <>
            <Link to="/sources/$source" params={{ source }}>
              <bdi>{source}</bdi>
            </Link>
            {data && <ImportState state={data.state} />}
          </>
        }
      />
      {error && <LoadError error={error} retry={() => void query.refetch()} />}
      {!data && !error && <Waiting rows={6} />}
      {data && (
        <div className={styles.page}>
          {data.error !== null && <Notice tone="problem">{data.error}</Notice>}
          {data.state === 'held' && <Held row={data} />}
          <Card title={say('import.brought')}>
            <FactList
              facts={[
                ...NUMBERS.flatMap((name) => {
                  const n = factIn(data, name);
                  return n === null ? [] : [[say(`import.${name}`), count(n)] as const];
                }),
                ...DETECTED.flatMap((name) => {
                  const value = data.facts[name];
                  return typeof value === 'string' ? [[say(`source.${name}`), value] as const] : [];
                }),
              ]}
            />
          </Card>
          <Rows />
        </div>
      )}
    </>
  );
}

/** Too much would vanish, or the file is too short: a person decides. */
function Held({ row }: { readonly row: ImportRow }) {
  const whyNot = useWhyNot()('sources:write');
  const client = useQueryClient();
  const releasing = useMutation({
    mutationFn: () => releaseImport(row.source, row.id),
    onSuccess: () => client.invalidateQueries({ queryKey: ['sources', row.source] }),
  });
  return (
    <>
      {releasing.error && <Refused error={releasing.error} />}
      <Notice
        tone="warning"
        action={
          <Button whyNot={whyNot} pending={releasing.isPending} onPress={() => releasing.mutate()}>
            {say('import.release')}
          </Button>
        }
      >
        <bdi>{heldReasons(row)}</bdi> {say('import.held_text')}
      </Notice>
    </>
  );
}

function Rows() {
  const { source, import: id } = route.useParams();
  const search = route.useSearch();
  const query = useQuery(rowsQuery(source, id, search));
  const { data, error } = query;
  return (
    <Card title={say('source_new.complaints')} flush>
      <LinkTabs
        label={say('source_new.complaints')}
        current={search.severity ?? 'all'}
        tabs={(['all', 'error', 'warning'] as const).map((tab) => ({
          id: tab,
          label: say(`import.rows_${tab}`),
          search: { severity: tab === 'all' ? undefined : tab, cursor: undefined, from: undefined },
        }))}
      />
      {error && <LoadError error={error} retry={() => void query.refetch()} />}
      {!data && !error && <Waiting rows={4} />}
      {data?.items.length === 0 && (
        <EmptyState title={say('import.no_rows')}>{say('import.no_rows_text')}</EmptyState>
      )}
      {data && data.items.length > 0 && (
        <>
          <ErrorRows errors={data.items} />
          <Pager
            rows={data.items.length}
            from={search.from ?? 0}
            next={data.next}
            previous={null}
            total={null}
          />
        </>
      )}
    </Card>
  );
}
