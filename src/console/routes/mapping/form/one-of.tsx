import type { Source } from '../../../../mapping/form/form-model.js';
import { editOf, type SourceEdit } from '../../../../mapping/form/write-expression.js';
import { say } from '../../../strings/say.js';
import { ComboBox } from '../../../ui/combo-box/combo-box.js';
import { Select } from '../../../ui/select/select.js';
import { useEnvironment } from '../words/labels.js';
import styles from './form.module.css';
import { KeptText } from './kept-text.js';
import { likeBefore } from './like-before.js';
import type { SourceField } from './source-props.js';

type Single = Extract<Source, { readonly kind: 'cut' | 'lookup' | 'category' | 'price' | 'cleaned' }>;

interface Props {
  readonly source: Single;
  readonly field: SourceField;
  put(edit: SourceEdit): void;
}

/** A source made of one other, with a setting. */
export function OneOf({ source, put, field: Field }: Props) {
  const environment = useEnvironment();
  const edit = editOf(source);
  return (
    <div className={styles.nested}>
      {(source.kind === 'lookup' || source.kind === 'category') && (
        <ComboBox
          label={say('mapping.table')}
          free
          code
          value={source.table}
          choices={(environment?.lookups ?? []).map(({ name, keys }) => ({
            id: name,
            label: name,
            detail: say('mapping.table_keys', { n: keys }),
          }))}
          onChange={(table) => put({ ...edit, table } as SourceEdit)}
        />
      )}
      {source.kind === 'cut' && (
        <KeptText
          code
          label={say('mapping.most_signs')}
          value={source.longest.text}
          onChange={(longest) => put({ ...edit, longest } as SourceEdit)}
        />
      )}
      {source.kind === 'price' && (
        <>
          <Select
            label={say('mapping.price_how')}
            value={source.how}
            choices={(['percent', 'round up', 'end in'] as const).map((how) => ({
              id: how,
              label: say(
                `source.price.${how === 'round up' ? 'round_up' : how === 'end in' ? 'end_in' : 'percent'}`,
              ),
            }))}
            onChange={(how) => put({ ...edit, how } as SourceEdit)}
          />
          <KeptText
            code
            label={say('mapping.price_by')}
            value={String(source.by)}
            onChange={(by) => put({ ...edit, by: likeBefore(by, source.by) } as SourceEdit)}
          />
        </>
      )}
      {source.kind === 'cleaned' && (
        <KeptText
          code
          label={say('mapping.function')}
          value={source.by}
          onChange={(by) => put({ ...edit, by } as SourceEdit)}
        />
      )}
      <p className={styles.legend}>{say('mapping.of')}</p>
      <Field text={source.of.text} onChange={(of) => put({ ...edit, of } as SourceEdit)} />
    </div>
  );
}
