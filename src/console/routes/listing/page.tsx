import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { say } from '../../strings/say.js';
import { buttonClass } from '../../ui/button/button.js';
import { ChannelMark } from '../../ui/channel-mark/channel-mark.js';
import { Code } from '../../ui/code/code.js';
import { LoadError } from '../../ui/notice/notice.js';
import { PageHead } from '../../ui/page-head/page-head.js';
import { Waiting } from '../../ui/skeleton/skeleton.js';
import { LinkTabs } from '../../ui/tabs/link-tabs.js';
import { AsOf } from './parts/as-of.js';
import { HistoryList } from './parts/history-list.js';
import { IssuesTab } from './parts/issues-tab.js';
import { ListingStanding } from './parts/listing-standing.js';
import { RawTab } from './parts/raw-tab.js';
import { ThenTab } from './parts/then-tab.js';
import { WhyTab } from './parts/why-tab.js';
import { listingQuery } from './queries.js';
import { LISTING_TABS } from './search.js';

const route = getRouteApi('/shell/listings/$channel/$sku');

/** Why does the channel show this? */
export function ListingPage() {
  const { channel, sku } = route.useParams();
  const { tab = 'why', at } = route.useSearch();
  const query = useQuery(listingQuery(channel, sku));
  const { data, error } = query;
  const issues = data
    ? data.issues.length + data.attributes.reduce((n, each) => n + each.issues.length, 0)
    : undefined;
  return (
    <>
      <PageHead
        title={<bdi>{data?.title ?? sku}</bdi>}
        name={[data?.title ?? sku, channel, say('place.listings')]}
        beside={
          <>
            <Code copy>{sku}</Code>
            <ChannelMark channel={channel} />
          </>
        }
        actions={
          data && (
            <Link
              to="/catalog/$productId"
              params={{ productId: data.productId }}
              search={{ sku }}
              className={buttonClass()}
            >
              {say('listing.product')}
            </Link>
          )
        }
      />
      {error && <LoadError error={error} retry={() => void query.refetch()} />}
      {!data && !error && <Waiting rows={6} />}
      {data && (
        <>
          <ListingStanding listing={data} />
          <LinkTabs
            label={say('listing.tabs')}
            current={tab}
            tabs={LISTING_TABS.map((id) => ({
              id,
              label: say(
                id === 'why' && data.outcome === 'excluded' ? 'listing.tab.why_not' : `listing.tab.${id}`,
              ),
              count: id === 'issues' ? issues : undefined,
              search: { tab: id === 'why' ? undefined : id },
            }))}
          />
          {tab === 'why' && <AsOf at={at} />}
          {tab === 'why' && at === undefined && <WhyTab listing={data} />}
          {tab === 'why' && at !== undefined && <ThenTab channel={channel} sku={sku} at={at} />}
          {tab === 'issues' && <IssuesTab listing={data} />}
          {tab === 'raw' && <RawTab listing={data} />}
          {tab === 'history' && <HistoryList sku={sku} />}
        </>
      )}
    </>
  );
}
