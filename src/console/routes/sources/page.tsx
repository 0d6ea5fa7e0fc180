import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { SourceRow } from '../../../api/shapes/sources.js';
import { useLiveQuery } from '../../app/live-events.js';
import { say } from '../../strings/say.js';
import { Age } from '../../ui/age/age.js';
import { buttonClass } from '../../ui/button/button.js';
import { DataTable } from '../../ui/data-table/data-table.js';
import { ImportState, importSum } from '../../ui/import-state/import-state.js';
import { EmptyState, LoadError } from '../../ui/notice/notice.js';
import { PageHead } from '../../ui/page-head/page-head.js';
import { Waiting } from '../../ui/skeleton/skeleton.js';
import { sourcesQuery } from './queries.js';
import styles from './sources.module.css';

/** Where products come from, and whether the last import went well. */
export function SourcesPage() {
  const query = useQuery(sourcesQuery);
  useLiveQuery('sources', ['sources']);
  const { data, error } = query;
  const add = (
    <Link to="/sources/new" className={buttonClass('primary')}>
      {say('sources.add')}
    </Link>
  );
  const empty = data?.sources.length === 0;
  return (
    <>
      <PageHead
        title={say('place.sources')}
        name={[say('place.sources')]}
        lead={say('sources.lead')}
        actions={!empty && add}
      />
      {error && <LoadError error={error} retry={() => void query.refetch()} />}
      {!data && !error && <Waiting rows={4} />}
      {empty && (
        <EmptyState title={say('sources.empty')} action={add}>
          {say('sources.empty_text')}
        </EmptyState>
      )}
      {data && !empty && (
        <div className={styles.list}>
          <DataTable<SourceRow>
            caption={say('place.sources')}
            rows={data.sources}
            keyOf={({ id }) => id}
            nameOf={({ id }) => id}
            columns={[
              {
                id: 'source',
                head: say('sources.source'),
                priority: 1,
                cell: ({ id }) => (
                  <Link to="/sources/$source" params={{ source: id }}>
                    <bdi>{id}</bdi>
                  </Link>
                ),
              },
              {
                id: 'kind',
                head: say('sources.kind'),
                width: 'medium',
                cell: ({ kind }) => say(`sources.kind_${kind}`),
              },
              {
                id: 'role',
                head: say('sources.role'),
                width: 'medium',
                priority: 3,
                cell: ({ role }) => say(`sources.role_${role}`),
              },
              {
                id: 'state',
                head: say('sources.last'),
                width: 'wide',
                priority: 1,
                cell: ({ lastImport }) => <ImportState state={lastImport?.state ?? null} />,
              },
              {
                id: 'sum',
                head: say('sources.brought'),
                cell: ({ lastImport }) => lastImport && importSum(lastImport),
              },
              {
                id: 'when',
                head: say('sources.when'),
                width: 'medium',
                cell: ({ lastImport }) =>
                  lastImport === null ? (
                    say('overview.never')
                  ) : (
                    <Age at={lastImport.finishedAt ?? lastImport.startedAt} />
                  ),
              },
            ]}
          />
        </div>
      )}
    </>
  );
}
