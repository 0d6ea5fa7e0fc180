import '../../strings/workbench.js';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { say } from '../../strings/say.js';
import { LoadError } from '../../ui/notice/notice.js';
import { PageHead } from '../../ui/page-head/page-head.js';
import { Waiting } from '../../ui/skeleton/skeleton.js';
import { Workbench } from './parts/workbench.js';
import { environmentQuery, mappingQuery } from './queries.js';
import { viewIn } from './search.js';
import { EnvironmentContext } from './words/labels.js';

const route = getRouteApi('/shell/mappings/$channel/$view');

/** What will a change of the mapping do, to which products, and what breaks? */
export function MappingPage() {
  const { channel, view } = route.useParams();
  const search = route.useSearch();
  const mapping = useQuery(mappingQuery(channel));
  const environment = useQuery(environmentQuery(channel));
  if (mapping.data)
    return (
      <EnvironmentContext.Provider value={environment.data ?? null}>
        <Workbench key={channel} mapping={mapping.data} view={viewIn(view) ?? 'rules'} search={search} />
      </EnvironmentContext.Provider>
    );
  // The head belongs to the workbench: one that came before it would take the focus along.
  if (!mapping.error)
    return (
      <>
        <h1>{say('mapping.title', { channel })}</h1>
        <Waiting rows={8} />
      </>
    );
  return (
    <>
      <PageHead title={say('mapping.title', { channel })} name={[channel, say('place.mappings')]} />
      <LoadError error={mapping.error} retry={() => void mapping.refetch()} />
    </>
  );
}
