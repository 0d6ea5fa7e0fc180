import { Plus, X } from 'lucide-react';
import type { ConditionPart } from '../../../../mapping/form/form-model.js';
import { readCondition } from '../../../../mapping/form/read-condition.js';
import { writeAny, writeCondition } from '../../../../mapping/form/write-expression.js';
import { say } from '../../../strings/say.js';
import { Button, IconButton } from '../../../ui/button/button.js';
import { ExpressionField } from './expression-field.js';
import styles from './form.module.css';
import { RowEditor } from './row-editor.js';

interface Props {
  /** Null: it always applies. */
  readonly text: string | null;
  onChange(text: string | null): void;
}

type Texts = readonly { readonly text: string }[];
const NEW_ROW = 'has(product.title)';

/** Rows of field, operator and value that must all hold, with groups of which one must. What no row can show is one line of code. */
export function ConditionEditor({ text, onChange }: Props) {
  const parts = text === null ? [] : readCondition(text);
  const put = (next: Texts): void =>
    onChange(next.length === 0 ? null : writeCondition(next as readonly ConditionPart[]));
  const replace = (at: number, next: string | null): void =>
    put(parts.flatMap((part, place) => (place !== at ? [part] : next === null ? [] : [{ text: next }])));
  return (
    <fieldset className={styles.condition}>
      <legend className={styles.legend}>{say('mapping.when')}</legend>
      {parts.length === 0 && <p className={styles.dim}>{say('mapping.always')}</p>}
      {parts.map((part, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a row is named by its place; it must stay the same while it is edited
        <div key={at} className={styles.part}>
          {at > 0 && <span className={styles.joint}>{say('mapping.and')}</span>}
          <PartEditor part={part} onChange={(next) => replace(at, next)} />
        </div>
      ))}
      <Button kind="quiet" icon={<Plus size={16} />} onPress={() => put([...parts, { text: NEW_ROW }])}>
        {say('mapping.add_condition')}
      </Button>
    </fieldset>
  );
}

function PartEditor({
  part,
  onChange,
}: {
  readonly part: ConditionPart;
  onChange(text: string | null): void;
}) {
  if (part.kind !== 'any')
    return (
      <div className={styles.row}>
        {part.kind === 'row' ? (
          <RowEditor row={part} onChange={onChange} />
        ) : (
          <div className={styles.wide}>
            <ExpressionField label={say('mapping.expression')} value={part.text} onChange={onChange} />
          </div>
        )}
        <span className={styles.rowButtons}>
          <Button kind="quiet" onPress={() => onChange(writeAny([part, { text: NEW_ROW }]))}>
            {say('mapping.or')}
          </Button>
          <IconButton
            small
            label={say('mapping.remove_condition')}
            icon={<X size={16} />}
            onPress={() => onChange(null)}
          />
        </span>
      </div>
    );
  const { rows } = part;
  const replace = (at: number, next: string | null): void => {
    const left = rows.flatMap((row, place) => (place !== at ? [row] : next === null ? [] : [{ text: next }]));
    onChange(left.length === 0 ? null : writeAny(left));
  };
  return (
    <div className={styles.group}>
      {rows.map((row, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a row is named by its place; it must stay the same while it is edited
        <div key={at} className={styles.row}>
          {at > 0 && <span className={styles.joint}>{say('mapping.or')}</span>}
          {row.kind === 'row' ? (
            <RowEditor row={row} onChange={(next) => replace(at, next)} />
          ) : (
            <div className={styles.wide}>
              <ExpressionField
                label={say('mapping.expression')}
                value={row.text}
                onChange={(next) => replace(at, next)}
              />
            </div>
          )}
          <IconButton
            small
            label={say('mapping.remove_condition')}
            icon={<X size={16} />}
            onPress={() => replace(at, null)}
          />
        </div>
      ))}
      <Button
        kind="quiet"
        icon={<Plus size={16} />}
        onPress={() => onChange(writeAny([...rows, { text: NEW_ROW }]))}
      >
        {say('mapping.add_or')}
      </Button>
    </div>
  );
}
