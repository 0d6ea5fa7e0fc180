import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useCallback } from 'react';
import { say } from '../../../strings/say.js';
import { Switch } from '../../../ui/checkbox/checkbox.js';
import { FilterBar } from '../../../ui/filter-bar/filter-bar.js';
import { Select } from '../../../ui/select/select.js';
import { countsQuery } from '../queries.js';
import { canGroup, filtersSet, type ListingsSearch, showsGroups } from '../search.js';

const ALL = '*';

/** Text, channel, issue; and whether equal issues are folded. */
export function ListingFilters({ search }: { readonly search: ListingsSearch }) {
  const navigate = useNavigate({ from: '/listings' });
  const { data: counts } = useQuery(countsQuery);
  const change = useCallback(
    (changed: Partial<ListingsSearch>) =>
      void navigate({
        search: (before) => ({ ...before, cursor: undefined, from: undefined, open: undefined, ...changed }),
        replace: 'q' in changed,
      }),
    [navigate],
  );
  const changeText = useCallback((q: string) => change({ q: q.trim() || undefined }), [change]);
  return (
    <FilterBar
      set={filtersSet(search)}
      onClear={() => change({ channel: undefined, issue: undefined, q: undefined })}
      search={{ label: say('listings.find'), value: search.q ?? '', onChange: changeText }}
      end={
        canGroup(search) && (
          <Switch checked={showsGroups(search)} onChange={(on) => change({ rows: on ? undefined : true })}>
            {say('listings.group')}
          </Switch>
        )
      }
    >
      <Select
        bare
        label={say('filters.channel')}
        value={search.channel ?? ALL}
        onChange={(id) => change({ channel: id === ALL ? undefined : id })}
        choices={[
          { id: ALL, label: say('filters.all_channels') },
          ...(counts ?? []).map(({ channel }) => ({ id: channel, label: channel })),
        ]}
      />
      {search.issue !== undefined && (
        <Select
          bare
          label={say('filters.issue')}
          value={search.issue}
          onChange={(id) => change({ issue: id === ALL ? undefined : id })}
          choices={[
            { id: search.issue, label: search.issue },
            { id: ALL, label: say('filters.all_issues') },
          ]}
        />
      )}
    </FilterBar>
  );
}
