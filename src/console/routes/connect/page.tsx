import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { connectorsQuery, setupQuery } from '../../app/channels.js';
import { say } from '../../strings/say.js';
import { ChannelMark } from '../../ui/channel-mark/channel-mark.js';
import { LoadError } from '../../ui/notice/notice.js';
import { PageHead } from '../../ui/page-head/page-head.js';
import { Waiting } from '../../ui/skeleton/skeleton.js';
import { Wizard } from './parts/wizard.js';

const route = getRouteApi('/shell/channels/new/$connector');

/** Connects a channel step by step. Every step is kept: whoever leaves comes back to it. */
export function ConnectPage() {
  const { connector: id } = route.useParams();
  const { channel } = route.useSearch();
  const connectors = useQuery(connectorsQuery);
  const setup = useQuery({ ...setupQuery(channel ?? ''), enabled: channel !== undefined });
  const connector = connectors.data?.connectors.find((each) => each.id === id);
  const error = connectors.error ?? setup.error;
  const title = say('connect.title', { title: connector?.title ?? id });
  return (
    <>
      <PageHead
        title={title}
        name={[title, say('place.channels')]}
        beside={
          channel !== undefined && <ChannelMark channel={channel} practice={setup.data?.practice ?? false} />
        }
        lead={connector?.guide?.needs}
      />
      {error && (
        <LoadError
          error={error}
          retry={() => void (connectors.error ? connectors.refetch() : setup.refetch())}
        />
      )}
      {connector && (channel === undefined || setup.data) ? (
        <Wizard connector={connector} setup={channel === undefined ? null : (setup.data ?? null)} />
      ) : (
        !error && <Waiting rows={6} />
      )}
    </>
  );
}
