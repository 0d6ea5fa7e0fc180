import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { CategoryMapping } from '../../../../api/shapes/mapping-types.js';
import { useWhyNot } from '../../../app/session.js';
import { count, percent } from '../../../strings/formats.js';
import { say } from '../../../strings/say.js';
import { Button } from '../../../ui/button/button.js';
import { type Column, DataTable } from '../../../ui/data-table/data-table.js';
import { Refused } from '../../../ui/form/form.js';
import { EmptyState, Notice } from '../../../ui/notice/notice.js';
import { Select } from '../../../ui/select/select.js';
import { LinkTabs } from '../../../ui/tabs/link-tabs.js';
import { SearchField } from '../../../ui/text-field/text-field.js';
import { remark } from '../../../ui/toast/toast.js';
import { acceptAll } from '../queries.js';
import { type CategoriesSearch, WHICH } from '../search.js';
import styles from './categories.module.css';

type Path = CategoryMapping['paths'][number];
type Which = (typeof WHICH)[number];

interface Props {
  readonly channel: string;
  readonly mapping: CategoryMapping;
  readonly search: CategoriesSearch;
  /** Confidence in percent from which suggestions are taken. */
  readonly from: number;
}

const LEVELS = [50, 60, 70, 80, 90] as const;
const SHOWN = 100;
const NAMED = 8;

/** Every category of the merchant's, those without a match first; suggestions are taken over all at once, and taken back by the table's versions. */
export function CategoryList({ channel, mapping, search, from }: Props) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const whyNot = useWhyNot()('mappings:write');
  const [error, setError] = useState<unknown>(null);
  const { which = 'open', find } = search;
  const of = (one: Which): readonly Path[] => mapping.paths.filter((path) => whichOf(path) === one);
  const shown = of(which).filter(({ path }) => path.toLowerCase().includes((find ?? '').toLowerCase()));
  const taken = of('suggested');
  const go = (next: Partial<CategoriesSearch>): void =>
    void navigate({ to: '.', search: (before: object) => ({ ...before, ...next }) as never, replace: true });
  const accept = async (): Promise<void> => {
    setError(null);
    try {
      const { added, version } = await acceptAll(channel, from / 100);
      remark({ text: say('categories.accepted', { n: added, version }) });
      await client.invalidateQueries({ queryKey: ['categories', channel] });
      await client.invalidateQueries({ queryKey: ['lookup', channel] });
    } catch (problem) {
      setError(problem);
    }
  };
  return (
    <div className={styles.list}>
      {error !== null && <Refused error={error} />}
      {mapping.unknownIds.length > 0 && (
        <Notice tone="warning">
          {say('categories.unknown_ids', {
            n: mapping.unknownIds.length,
            keys: mapping.unknownIds
              .slice(0, NAMED)
              .map(({ key }) => key)
              .join(', '),
          })}
        </Notice>
      )}
      <LinkTabs
        label={say('categories.tabs')}
        current={which}
        tabs={WHICH.map((id) => ({
          id,
          label: say(`categories.which.${id}`),
          count: of(id).length,
          search: { which: id === 'open' ? undefined : id },
        }))}
      />
      <div className={styles.bar}>
        <SearchField
          label={say('categories.find')}
          value={find ?? ''}
          onChange={(text) => go({ find: text || undefined })}
        />
        <Select
          bare
          label={say('categories.confidence')}
          value={String(from)}
          choices={LEVELS.map((level) => ({
            id: String(level),
            label: say('categories.from', { share: percent(level / 100) }),
          }))}
          onChange={(level) => go({ from: Number(level) })}
        />
        {taken.length > 0 && (
          <Button kind="primary" whyNot={whyNot} onPress={() => void accept()}>
            {say('categories.accept', { n: taken.length })}
          </Button>
        )}
      </div>
      {shown.length === 0 ? (
        <EmptyState title={say(`categories.none.${which}`)} />
      ) : (
        <DataTable
          caption={say('categories.title')}
          columns={COLUMNS}
          rows={shown.slice(0, SHOWN)}
          keyOf={({ path }) => path}
          nameOf={({ path }) => path}
        />
      )}
      {shown.length > SHOWN && <p>{say('categories.more', { n: count(shown.length - SHOWN) })}</p>}
    </div>
  );
}

function whichOf({ now, taken }: Path): Which {
  if (now !== null) return 'mapped';
  return taken === null ? 'open' : 'suggested';
}

const COLUMNS: readonly Column<Path>[] = [
  { id: 'path', head: say('categories.yours'), priority: 1, cell: ({ path }) => <bdi>{path}</bdi> },
  {
    id: 'products',
    head: say('categories.products'),
    numeric: true,
    width: 'narrow',
    cell: ({ products }) => count(products),
  },
  {
    id: 'theirs',
    head: say('categories.theirs'),
    width: 'wide',
    priority: 1,
    cell: ({ now, taken, suggestions }) => {
      const best = taken ?? suggestions[0];
      if (now !== null) return say('categories.mapped_to', { id: now.id, key: now.key });
      return best === undefined ? say('categories.no_suggestion') : <bdi>{best.category.path}</bdi>;
    },
  },
  {
    id: 'score',
    head: say('categories.confidence'),
    numeric: true,
    width: 'narrow',
    cell: ({ now, taken, suggestions }) => {
      const best = taken ?? suggestions[0];
      return now !== null || best === undefined ? '—' : percent(best.score);
    },
  },
];
