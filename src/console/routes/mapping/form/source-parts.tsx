import { Plus, X } from 'lucide-react';
import type { Source } from '../../../../mapping/form/form-model.js';
import { say } from '../../../strings/say.js';
import { Button, IconButton } from '../../../ui/button/button.js';
import styles from './form.module.css';
import type { SourceField } from './source-props.js';

interface PartsProps {
  readonly parts: readonly Source[];
  readonly add: string;
  readonly field: SourceField;
  onChange(parts: readonly string[]): void;
}

/** Several sources, one below the other. */
export function Parts({ parts, add, field: Field, onChange }: PartsProps) {
  const texts = parts.map(({ text }) => text);
  return (
    <div className={styles.nested}>
      {texts.map((text, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a row is named by its place; it must stay the same while it is edited
        <div key={at} className={styles.line}>
          <div className={styles.beside}>
            <Field text={text} onChange={(next) => onChange(texts.with(at, next))} />
          </div>
          {texts.length > 1 && (
            <IconButton
              small
              label={say('mapping.remove_part')}
              icon={<X size={16} />}
              onPress={() => onChange(texts.toSpliced(at, 1))}
            />
          )}
        </div>
      ))}
      <Button kind="quiet" icon={<Plus size={16} />} onPress={() => onChange([...texts, 'product.title'])}>
        {add}
      </Button>
    </div>
  );
}
