import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { ImportRow } from '../../../api/shapes/sources.js';
import { useLiveQuery } from '../../app/live-events.js';
import { useWhyNot } from '../../app/session.js';
import { moment } from '../../strings/formats.js';
import { say } from '../../strings/say.js';
import { Age } from '../../ui/age/age.js';
import { Button } from '../../ui/button/button.js';
import { Card } from '../../ui/card/card.js';
import { DataTable } from '../../ui/data-table/data-table.js';
import { Refused } from '../../ui/form/form.js';
import { heldReasons, ImportState, importSum } from '../../ui/import-state/import-state.js';
import { EmptyState, LoadError } from '../../ui/notice/notice.js';
import { PageHead } from '../../ui/page-head/page-head.js';
import { Pager } from '../../ui/pager/pager.js';
import { Waiting } from '../../ui/skeleton/skeleton.js';
import { remark } from '../../ui/toast/toast.js';
import { DropSource } from './parts/drop-source.js';
import { HowItIsRead } from './parts/how-it-is-read.js';
import styles from './parts/source.module.css';
import { importNow, importsQuery, sourceSetupQuery } from './queries.js';

const route = getRouteApi('/shell/sources/$source');

/** One source: how it is read, and what became of each import. */
export function SourcePage() {
  const { source } = route.useParams();
  const { cursor, from = 0 } = route.useSearch();
  const setup = useQuery(sourceSetupQuery(source));
  const imports = useQuery(importsQuery(source, cursor));
  useLiveQuery('sources', ['sources', source]);
  const client = useQueryClient();
  const whyNot = useWhyNot()('sources:write');
  const importing = useMutation({
    mutationFn: () => importNow(source),
    onSuccess: async () => {
      remark({ text: say('source.began', { source }) });
      await client.invalidateQueries({ queryKey: ['sources', source] });
    },
  });
  const { data, error } = imports;
  return (
    <>
      <PageHead
        title={<bdi>{source}</bdi>}
        name={[source, say('place.sources')]}
        actions={
          <Button
            kind="primary"
            whyNot={whyNot}
            pending={importing.isPending}
            onPress={() => importing.mutate()}
          >
            {say('source.import_now')}
          </Button>
        }
      />
      <div className={styles.page}>
        {importing.error && <Refused error={importing.error} />}
        {(setup.error ?? error) && (
          <LoadError error={setup.error ?? error} retry={() => void imports.refetch()} />
        )}
        {setup.data && <HowItIsRead setup={setup.data} />}
        {!data && !error && <Waiting rows={4} />}
        {data && (
          <Card title={say('source.imports')} flush>
            {data.items.length === 0 ? (
              <EmptyState title={say('source.no_imports')}>{say('source.no_imports_text')}</EmptyState>
            ) : (
              <Imports source={source} rows={data.items} />
            )}
            {data.items.length > 0 && (
              <Pager rows={data.items.length} from={from} next={data.next} previous={null} total={null} />
            )}
          </Card>
        )}
        {setup.data && setup.data.state !== 'file' && <DropSource source={source} />}
      </div>
    </>
  );
}

function Imports({ source, rows }: { readonly source: string; readonly rows: readonly ImportRow[] }) {
  return (
    <DataTable<ImportRow>
      caption={say('source.imports')}
      rows={rows}
      keyOf={({ id }) => id}
      nameOf={({ startedAt }) => moment(startedAt)}
      columns={[
        {
          id: 'when',
          head: say('sources.when'),
          priority: 1,
          cell: ({ id, startedAt }) => (
            <Link to="/sources/$source/imports/$import" params={{ source, import: id }}>
              <Age at={startedAt} />
            </Link>
          ),
        },
        {
          id: 'state',
          head: say('source.state'),
          width: 'wide',
          priority: 1,
          cell: ({ state }) => <ImportState state={state} />,
        },
        { id: 'sum', head: say('sources.brought'), width: 'wide', cell: (row) => importSum(row) },
        {
          id: 'why',
          head: say('source.why'),
          cell: (row) => <bdi>{row.error ?? heldReasons(row)}</bdi>,
        },
      ]}
    />
  );
}
