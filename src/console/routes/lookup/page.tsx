import '../../strings/workbench.js';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { say } from '../../strings/say.js';
import { buttonClass } from '../../ui/button/button.js';
import { ChannelMark } from '../../ui/channel-mark/channel-mark.js';
import { EmptyState, LoadError } from '../../ui/notice/notice.js';
import { PageHead } from '../../ui/page-head/page-head.js';
import { Waiting } from '../../ui/skeleton/skeleton.js';
import { Sheet } from './parts/sheet.js';
import { lookupQuery } from './queries.js';

const route = getRouteApi('/shell/mappings/lookups/$name');

/** One lookup table: keys, values, and what was asked for in vain. */
export function LookupPage() {
  const { name } = route.useParams();
  const search = route.useSearch();
  const { channel } = search;
  const query = useQuery(lookupQuery(channel, name));
  const { data, error } = query;
  return (
    <>
      <PageHead
        title={say('lookups.table', { name })}
        name={[name, say('lookups.title')]}
        beside={channel !== undefined && <ChannelMark channel={channel} />}
        lead={
          data && (data.version === 0 ? say('lookups.ours') : say('lookups.version', { n: data.version }))
        }
      />
      {channel === undefined && (
        <EmptyState
          title={say('lookups.whose')}
          action={
            <Link to="/mappings" className={buttonClass('primary')}>
              {say('place.mappings')}
            </Link>
          }
        />
      )}
      {error && <LoadError error={error} retry={() => void query.refetch()} />}
      {channel !== undefined && !data && !error && <Waiting rows={8} />}
      {data && channel !== undefined && (
        <Sheet key={data.version} sheet={data} channel={channel} search={search} />
      )}
    </>
  );
}
