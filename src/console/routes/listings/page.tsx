import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useLiveQuery } from '../../app/live-events.js';
import { say } from '../../strings/say.js';
import { PageHead } from '../../ui/page-head/page-head.js';
import { LEDGER_PARTS } from '../../ui/state-chip/state-chip.js';
import { type LinkTab, LinkTabs } from '../../ui/tabs/link-tabs.js';
import { IssueGroupList } from './parts/issue-groups.js';
import { ListingFilters } from './parts/listing-filters.js';
import { ListingRows } from './parts/listing-rows.js';
import { countsQuery } from './queries.js';
import { showsGroups } from './search.js';

const route = getRouteApi('/shell/listings');

/** Which listings are not right, and why. */
export function ListingsPage() {
  const search = route.useSearch();
  const { data: counts } = useQuery(countsQuery);
  useLiveQuery('listings', ['listings', 'counts']);
  const wanted = counts?.filter(({ channel, together }) =>
    search.channel === undefined ? together : channel === search.channel,
  );
  const word = search.state === undefined ? say('listings.all') : say(`part.${search.state}`);
  const tabs: LinkTab[] = [
    { id: 'all', label: say('listings.all'), search: tabSearch(undefined) },
    ...LEDGER_PARTS.map((part) => ({
      id: part,
      label: say(`part.${part}`),
      count: wanted?.reduce((sum, { ledger }) => sum + ledger[part], 0),
      search: tabSearch(part),
    })),
  ];
  return (
    <>
      <PageHead
        title={say('place.listings')}
        name={search.state === undefined ? [say('place.listings')] : [word, say('place.listings')]}
        beside={search.channel === undefined ? undefined : say('listings.on', { channel: search.channel })}
      />
      <LinkTabs label={say('listings.tabs')} tabs={tabs} current={search.state ?? 'all'} />
      <ListingFilters search={search} />
      {showsGroups(search) ? <IssueGroupList search={search} /> : <ListingRows search={search} />}
    </>
  );
}

function tabSearch(state: string | undefined): Readonly<Record<string, unknown>> {
  return { state, cursor: undefined, from: undefined, open: undefined, issue: undefined, rows: undefined };
}
