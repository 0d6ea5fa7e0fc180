import { Plus, X } from 'lucide-react';
import type { FormPath } from '../../../../mapping/form/form-edit.js';
import type { FormBody, FormRule, FormValue } from '../../../../mapping/form/form-model.js';
import { writeCondition } from '../../../../mapping/form/write-expression.js';
import { say } from '../../../strings/say.js';
import { Button, IconButton } from '../../../ui/button/button.js';
import { ComboBox } from '../../../ui/combo-box/combo-box.js';
import { Notice } from '../../../ui/notice/notice.js';
import { ConditionEditor } from '../form/condition-editor.js';
import formStyles from '../form/form.module.css';
import { KeptText } from '../form/kept-text.js';
import { SourceEditor } from '../form/source-editor.js';
import { attributeChoices, useEnvironment } from '../words/labels.js';
import type { EditForm } from './edit-form.js';
import styles from './rules.module.css';

interface Props {
  readonly rule: FormRule;
  readonly edit: EditForm;
}

/** A rule as fields: its name, when it applies, what it sets. Each change is one edit of its own place in the text. */
export function RuleEditor({ rule, edit }: Props) {
  const path: FormPath = ['rules', rule.index];
  return (
    <div className={styles.editor}>
      <KeptText
        label={say('mapping.rule_name')}
        value={rule.name}
        onChange={(name) => {
          if (name.trim() !== '') edit({ do: 'set', path: [...path, 'name'], value: name.trim() });
        }}
      />
      <BodyEditor body={rule} path={path} edit={edit} />
      {rule.cases.map((one, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: cases have no name but their place
        <section key={at} className={formStyles.nested} aria-label={say('mapping.case', { n: at + 1 })}>
          <h3>{say('mapping.case', { n: at + 1 })}</h3>
          <BodyEditor body={one} path={[...path, 'cases', at]} edit={edit} />
        </section>
      ))}
    </div>
  );
}

interface BodyProps {
  readonly body: FormBody;
  readonly path: FormPath;
  readonly edit: EditForm;
}

function BodyEditor({ body, path, edit }: BodyProps) {
  const environment = useEnvironment();
  const { when, set, append, remove, exclude } = body;
  const free = attributeChoices(environment).filter(({ id }) => !set.some(({ name }) => name === id));
  return (
    <>
      <ConditionEditor
        text={when === null ? null : writeCondition(when)}
        onChange={(text) =>
          edit(
            text === null
              ? { do: 'remove', path: [...path, 'when'] }
              : { do: 'set', path: [...path, 'when'], value: text },
          )
        }
      />
      <fieldset className={formStyles.sources}>
        <legend className={formStyles.legend}>{say('mapping.set')}</legend>
        {[...set, ...append].map((value) => (
          <ValueEditor key={value.path.join('.')} value={value} edit={edit} />
        ))}
        {remove.length > 0 && (
          <p className={styles.dim}>{say('mapping.takes_out', { names: remove.join(', ') })}</p>
        )}
        {exclude !== null && (
          <div className={formStyles.row}>
            <div className={formStyles.wide}>
              <KeptText
                label={say('mapping.not_sent_because')}
                value={exclude}
                onChange={(reason) => {
                  if (reason.trim() !== '')
                    edit({ do: 'set', path: [...path, 'exclude'], value: reason.trim() });
                }}
              />
            </div>
            <IconButton
              small
              label={say('mapping.remove_part')}
              icon={<X size={16} />}
              onPress={() => void edit({ do: 'remove', path: [...path, 'exclude'] })}
            />
          </div>
        )}
        <div className={formStyles.row}>
          <div className={formStyles.field}>
            <ComboBox
              label={say('mapping.add_attribute')}
              value=""
              choices={free}
              onChange={(name) => {
                if (name !== '') edit({ do: 'set', path: [...path, 'set', name], value: 'product.title' });
              }}
            />
          </div>
          {exclude === null && (
            <Button
              kind="quiet"
              icon={<Plus size={16} />}
              onPress={() =>
                void edit({ do: 'set', path: [...path, 'exclude'], value: say('mapping.reason_start') })
              }
            >
              {say('mapping.do_not_send')}
            </Button>
          )}
        </div>
      </fieldset>
    </>
  );
}

function ValueEditor({ value, edit }: { readonly value: FormValue; readonly edit: EditForm }) {
  const { name, path, source, written } = value;
  return (
    <div className={styles.value}>
      <div className={styles.valueHead}>
        <code dir="ltr">{name}</code>
        <IconButton
          small
          label={say('mapping.remove_value', { name })}
          icon={<X size={16} />}
          onPress={() => void edit({ do: 'remove', path })}
        />
      </div>
      {source === null || (written.startsWith('$text') && source.kind === 'fixed') ? (
        <Notice tone="note">
          {say('mapping.in_code_only')} <code dir="ltr">{written}</code>
        </Notice>
      ) : (
        <SourceEditor
          text={source.text}
          attribute={name}
          onChange={(text) => void edit({ do: 'set', path, value: text })}
        />
      )}
    </div>
  );
}
