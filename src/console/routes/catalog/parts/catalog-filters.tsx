import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useCallback } from 'react';
import { say } from '../../../strings/say.js';
import { FilterBar } from '../../../ui/filter-bar/filter-bar.js';
import { Select } from '../../../ui/select/select.js';
import { LEDGER_PARTS, type LedgerPart } from '../../../ui/state-chip/state-chip.js';
import { countsQuery } from '../../listings/queries.js';
import type { CatalogSearch } from '../search.js';

const ALL = '*';

/** Filters set besides the text. */
export function catalogFiltersSet({ source, channel, state }: CatalogSearch): number {
  return [source, channel === undefined ? undefined : state].filter((value) => value !== undefined).length;
}

/** Text, and how products stand on a channel. */
export function CatalogFilters({ search }: { readonly search: CatalogSearch }) {
  const navigate = useNavigate({ from: '/catalog' });
  const { data: counts } = useQuery(countsQuery);
  const change = useCallback(
    (changed: Partial<CatalogSearch>) =>
      void navigate({
        search: (before) => ({ ...before, cursor: undefined, from: undefined, ...changed }),
        replace: 'q' in changed,
      }),
    [navigate],
  );
  const changeText = useCallback((q: string) => change({ q: q.trim() || undefined }), [change]);
  return (
    <FilterBar
      set={catalogFiltersSet(search)}
      onClear={() => change({ source: undefined, channel: undefined, state: undefined })}
      search={{ label: say('catalog.find'), value: search.q ?? '', onChange: changeText }}
    >
      <Select
        bare
        label={say('filters.channel')}
        value={search.channel ?? ALL}
        onChange={(id) =>
          change(
            id === ALL
              ? { channel: undefined, state: undefined }
              : { channel: id, state: search.state ?? 'blocked' },
          )
        }
        choices={[
          { id: ALL, label: say('filters.all_channels') },
          ...(counts ?? []).map(({ channel }) => ({ id: channel, label: channel })),
        ]}
      />
      {search.channel !== undefined && (
        <Select
          bare
          label={say('column.state')}
          value={search.state ?? 'blocked'}
          onChange={(id) => change({ state: id as LedgerPart })}
          choices={LEDGER_PARTS.map((part) => ({ id: part, label: say(`part.${part}`) }))}
        />
      )}
    </FilterBar>
  );
}
