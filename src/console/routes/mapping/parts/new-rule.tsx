import { useState } from 'react';
import type { FormRule } from '../../../../mapping/form/form-model.js';
import { say } from '../../../strings/say.js';
import { Button } from '../../../ui/button/button.js';
import { ComboBox } from '../../../ui/combo-box/combo-box.js';
import { TextField } from '../../../ui/text-field/text-field.js';
import { ConditionEditor } from '../form/condition-editor.js';
import { SourceEditor } from '../form/source-editor.js';
import { attributeChoices, useEnvironment } from '../words/labels.js';
import type { EditForm } from './edit-form.js';
import styles from './rules.module.css';

interface Props {
  readonly rules: readonly FormRule[];
  readonly edit: EditForm;
  onClose(): void;
}

/** A rule that is being put together; the text changes when it is complete. */
export function NewRule({ rules, edit, onClose }: Props) {
  const environment = useEnvironment();
  const [name, setName] = useState('');
  const [when, setWhen] = useState<string | null>('has(product.title)');
  const [attribute, setAttribute] = useState('');
  const [source, setSource] = useState('""');
  const taken = rules.some((rule) => rule.name === name.trim());
  const missing =
    name.trim() === '' || taken
      ? say('mapping.name_first')
      : attribute === ''
        ? say('mapping.attribute_first')
        : null;
  const add = (): void => {
    if (edit({ do: 'add rule', name: name.trim(), when, set: { [attribute]: source } })) onClose();
  };
  return (
    <section className={styles.card} aria-label={say('mapping.new_rule')}>
      <div className={styles.inside}>
        <h2>{say('mapping.new_rule')}</h2>
        <TextField
          label={say('mapping.rule_name')}
          value={name}
          onChange={setName}
          error={taken ? say('mapping.name_taken') : null}
        />
        <ConditionEditor text={when} onChange={setWhen} />
        <ComboBox
          label={say('mapping.attribute')}
          free
          code
          value={attribute}
          choices={attributeChoices(environment)}
          onChange={setAttribute}
        />
        {attribute !== '' && <SourceEditor text={source} attribute={attribute} onChange={setSource} />}
        <div className={styles.move}>
          <Button whyNot={missing} onPress={add}>
            {say('mapping.add_rule')}
          </Button>
          <Button kind="quiet" onPress={onClose}>
            {say('common.cancel')}
          </Button>
        </div>
      </div>
    </section>
  );
}
