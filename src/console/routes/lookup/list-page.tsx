import '../../strings/workbench.js';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { count } from '../../strings/formats.js';
import { say } from '../../strings/say.js';
import { Card } from '../../ui/card/card.js';
import { ChannelMark } from '../../ui/channel-mark/channel-mark.js';
import { EmptyState, LoadError } from '../../ui/notice/notice.js';
import { PageHead } from '../../ui/page-head/page-head.js';
import { Waiting } from '../../ui/skeleton/skeleton.js';
import { environmentQuery, mappingsQuery } from '../mapping/queries.js';
import styles from './lookup.module.css';

const route = getRouteApi('/shell/mappings/lookups');

/** The tables a channel's mapping can look things up in. */
export function LookupsPage() {
  const { channel } = route.useSearch();
  const mappings = useQuery(mappingsQuery);
  const chosen = channel ?? mappings.data?.[0]?.channel;
  return (
    <>
      <PageHead
        title={say('lookups.title')}
        name={[say('lookups.title'), say('place.mappings')]}
        beside={chosen !== undefined && <ChannelMark channel={chosen} />}
        lead={say('lookups.lead')}
      />
      {mappings.error && <LoadError error={mappings.error} retry={() => void mappings.refetch()} />}
      {chosen !== undefined && <Tables channel={chosen} />}
    </>
  );
}

function Tables({ channel }: { readonly channel: string }) {
  const query = useQuery(environmentQuery(channel));
  const { data, error } = query;
  if (error) return <LoadError error={error} retry={() => void query.refetch()} />;
  if (!data) return <Waiting rows={4} />;
  if (data.lookups.length === 0) return <EmptyState title={say('lookups.none')} />;
  return (
    <Card title={say('lookups.title')} flush>
      <ul>
        {data.lookups.map(({ name, keys, columns }) => (
          <li key={name} className={styles.line} data-row={name} tabIndex={-1}>
            <Link to="/mappings/lookups/$name" params={{ name }} search={{ channel }}>
              <code dir="ltr">{name}</code>
            </Link>
            <span>{say('mapping.table_keys', { n: keys })}</span>
            <span className={styles.dim}>
              {say('lookups.columns', { n: count(columns.length), names: columns.join(', ') })}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
