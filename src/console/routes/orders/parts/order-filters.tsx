import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useCallback } from 'react';
import { say } from '../../../strings/say.js';
import { Switch } from '../../../ui/checkbox/checkbox.js';
import { FilterBar } from '../../../ui/filter-bar/filter-bar.js';
import { Select } from '../../../ui/select/select.js';
import { filtersSet, type OrdersSearch } from '../search.js';
import { sellersQuery } from '../sellers.js';

const ALL = '*';

/** Text, channel, and whether only late ones are shown. */
export function OrderFilters({ search }: { readonly search: OrdersSearch }) {
  const navigate = useNavigate({ from: '/orders' });
  const { data: sellers } = useQuery(sellersQuery);
  const change = useCallback(
    (changed: Partial<OrdersSearch>) =>
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
      onClear={() => change({ channel: undefined, q: undefined, late: undefined })}
      search={{ label: say('orders.find'), value: search.q ?? '', onChange: changeText }}
    >
      <Select
        bare
        label={say('filters.channel')}
        value={search.channel ?? ALL}
        onChange={(id) => change({ channel: id === ALL ? undefined : id })}
        choices={[
          { id: ALL, label: say('filters.all_channels') },
          ...(sellers ?? []).map(({ id }) => ({ id, label: id })),
        ]}
      />
      <Switch checked={search.late === true} onChange={(on) => change({ late: on ? true : undefined })}>
        {say('orders.late_only')}
      </Switch>
    </FilterBar>
  );
}
