import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { say } from '../../../strings/say.js';
import { Button } from '../../../ui/button/button.js';
import { Checkbox } from '../../../ui/checkbox/checkbox.js';
import { Refused } from '../../../ui/form/form.js';
import { EmptyState } from '../../../ui/notice/notice.js';
import { Select } from '../../../ui/select/select.js';
import { Waiting } from '../../../ui/skeleton/skeleton.js';
import { lookQuery } from '../queries.js';
import { type ColumnChoice, wishOf } from '../search.js';
import type { StepProps } from '../step-props.js';
import { type ColumnField, FIELDS, freeAttributes, guessColumns } from './guess-columns.js';
import styles from './source-new.module.css';

/** Without these no listing is made. */
const NEEDED: readonly ColumnField[] = ['sku', 'title', 'price'];
const SAMPLES = 3;

/** What the columns mean: our field ← column, with samples. Columns no field takes stay as free attributes. */
export function MeaningStep({ search, go }: StepProps) {
  const { data, error } = useQuery(lookQuery(wishOf(search)));
  if (error) return <Refused error={error} />;
  if (!data) return <Waiting rows={6} />;
  if (data.columns.length === 0)
    return (
      <EmptyState
        title={say('source_new.no_columns')}
        action={<Button onPress={() => go({ step: 'report' })}>{say('wizard.continue')}</Button>}
      >
        {say('source_new.no_columns_text')}
      </EmptyState>
    );
  return <Meaning key={data.columns.join()} columns={data.columns} look={data} search={search} go={go} />;
}

function Meaning({
  columns,
  look,
  search,
  go,
}: StepProps & {
  readonly columns: readonly string[];
  readonly look: { readonly rows: readonly { readonly cells: readonly string[] }[] };
}) {
  const [chosen, setChosen] = useState<ColumnChoice>(search.columns ?? guessColumns(columns));
  const [free, setFree] = useState(true);
  const missing = NEEDED.filter((field) => chosen[field] === undefined);
  const samples = (column: string | undefined): string => {
    const place = column === undefined ? -1 : columns.indexOf(column);
    const seen = look.rows.map(({ cells }) => cells[place] ?? '').filter((text) => text !== '');
    return place < 0 ? '' : [...new Set(seen)].slice(0, SAMPLES).join(' · ');
  };
  const choose = (field: ColumnField, column: string): void => {
    const { [field]: _before, ...rest } = chosen;
    setChosen(column === '' ? rest : { ...rest, [field]: column });
  };
  const { attributes: _attributes, ...fields } = chosen;
  const done = { ...fields, ...(free ? { attributes: freeAttributes(columns, chosen) } : {}) };
  return (
    <div className={styles.step}>
      <p>{say('source_new.meaning_text')}</p>
      <div className={styles.meaning}>
        {FIELDS.map((field) => (
          <div key={field}>
            <Select
              label={
                NEEDED.includes(field)
                  ? say('source_new.needed', { field: say(`field.${field}`) })
                  : say(`field.${field}`)
              }
              value={chosen[field] ?? ''}
              choices={[
                { id: '', label: say('source_new.no_column') },
                ...columns.filter(Boolean).map((id) => ({ id, label: id })),
              ]}
              onChange={(column) => choose(field, column)}
            />
            <p className={styles.note}>
              <bdi>{samples(chosen[field])}</bdi>
            </p>
          </div>
        ))}
      </div>
      <Checkbox checked={free} onChange={setFree}>
        {say('source_new.keep_others', { n: Object.keys(freeAttributes(columns, chosen)).length })}
      </Checkbox>
      <div className={styles.actions}>
        <Button onPress={() => go({ step: 'reading' })}>{say('wizard.back')}</Button>
        <Button
          kind="primary"
          whyNot={
            missing.length === 0
              ? null
              : say('source_new.missing', { fields: missing.map((f) => say(`field.${f}`)).join(', ') })
          }
          onPress={() => go({ columns: done, step: 'report' })}
        >
          {say('source_new.show_report')}
        </Button>
      </div>
    </div>
  );
}
