import { useQuery } from '@tanstack/react-query';
import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useEffect } from 'react';
import { parse } from 'yaml';
import type { ImpactCounts } from '../../../../api/shapes/mapping-types.js';
import { say } from '../../../strings/say.js';
import { IconButton } from '../../../ui/button/button.js';
import { ComboBox } from '../../../ui/combo-box/combo-box.js';
import { Select } from '../../../ui/select/select.js';
import { skusQuery, testFileQuery } from '../queries.js';
import { PICKS, type Pick } from '../search.js';
import styles from './preview.module.css';

interface Props {
  readonly channel: string;
  readonly pick: Pick | undefined;
  readonly sku: string | undefined;
  readonly counts: ImpactCounts | null;
  onPick(picked: { pick?: Pick | undefined; sku: string | undefined }): void;
}

/** Chooses the product of the preview: from those with issues, changed by the draft, kept as tests, or any. `[` and `]` walk. */
export function PreviewPicker({ channel, pick, sku, counts, onPick }: Props) {
  const { skus, which } = useSkus(channel, { pick, counts });
  const first = skus[0];
  useEffect(() => {
    if (sku === undefined && first !== undefined) onPick({ sku: first });
  }, [sku, first, onPick]);
  const at = sku === undefined ? -1 : skus.indexOf(sku);
  const step = (by: number): void => {
    const next = skus[(Math.max(at, 0) + by + skus.length) % skus.length];
    if (next !== undefined) onPick({ pick, sku: next });
  };
  return (
    <div className={styles.picker}>
      <div className={styles.pickerRow}>
        <div className={styles.which}>
          <Select
            bare
            label={say('mapping.pick')}
            value={which}
            choices={PICKS.map((id) => ({ id, label: say(`mapping.pick.${id}`) }))}
            onChange={(id) => onPick({ pick: id as Pick, sku: undefined })}
          />
        </div>
        <span role="status">
          {at >= 0
            ? say('mapping.nth', { n: at + 1, of: skus.length })
            : say('mapping.of_them', { n: skus.length })}
        </span>
        {skus.length > 1 && (
          <>
            <IconButton
              small
              data-step="back"
              label={say('mapping.previous_product')}
              icon={<ChevronLeft size={16} className={styles.turn} />}
              onPress={() => step(-1)}
            />
            <IconButton
              small
              data-step="on"
              label={say('mapping.next_product')}
              icon={<ChevronRight size={16} className={styles.turn} />}
              onPress={() => step(1)}
            />
          </>
        )}
      </div>
      <div className={styles.sku}>
        <ComboBox
          label={say('mapping.sku')}
          free
          code
          value={sku ?? ''}
          choices={skus.map((id) => ({ id, label: id }))}
          onChange={(id) => onPick({ pick, sku: id || undefined })}
        />
      </div>
    </div>
  );
}

/** The SKUs of a choice. Without one: those with issues where there are any, else all. */
function useSkus(
  channel: string,
  { pick, counts }: { readonly pick: Pick | undefined; readonly counts: ImpactCounts | null },
): { readonly skus: readonly string[]; readonly which: Pick } {
  const issues = useQuery({
    ...skusQuery(channel, 'issues'),
    enabled: pick === undefined || pick === 'issues',
  });
  const none = issues.data?.length === 0;
  const all = useQuery({
    ...skusQuery(channel, 'all'),
    enabled: pick === 'all' || (pick === undefined && none),
  });
  const tests = useQuery({ ...testFileQuery(channel), enabled: pick === 'tests' });
  switch (pick) {
    case 'changed':
      return { which: pick, skus: changedSkus(counts) };
    case 'tests':
      return { which: pick, skus: testedSkus(tests.data?.text ?? null) };
    case 'all':
      return { which: pick, skus: all.data ?? [] };
    case 'issues':
      return { which: pick, skus: issues.data ?? [] };
    default:
      return none ? { which: 'all', skus: all.data ?? [] } : { which: 'issues', skus: issues.data ?? [] };
  }
}

function changedSkus(counts: ImpactCounts | null): readonly string[] {
  if (counts === null) return [];
  const samples = counts.attributes.flatMap(({ kinds }) =>
    kinds.flatMap((kind) => kind.samples.map(({ sku }) => sku)),
  );
  const { blocking, vanishing, appearing, fixing } = counts;
  const others = [blocking, vanishing, appearing, fixing].flatMap((reasons) =>
    reasons.flatMap(({ skus }) => skus),
  );
  return [...new Set([...samples, ...others])];
}

/** SKUs the tests are about; a file that cannot be read has none to offer, the tests view says why. */
function testedSkus(text: string | null): readonly string[] {
  if (text === null) return [];
  try {
    const file = parse(text) as { tests?: readonly { given?: { variant?: { sku?: unknown } } }[] } | null;
    const skus = (file?.tests ?? []).map(({ given }) => given?.variant?.sku);
    return [...new Set(skus.filter((sku): sku is string => typeof sku === 'string'))];
  } catch {
    return [];
  }
}
