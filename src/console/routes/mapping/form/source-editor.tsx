import type { Source } from '../../../../mapping/form/form-model.js';
import { readSource } from '../../../../mapping/form/read-source.js';
import { editOf, type SourceEdit, writeSource } from '../../../../mapping/form/write-expression.js';
import { say } from '../../../strings/say.js';
import { ComboBox } from '../../../ui/combo-box/combo-box.js';
import { Select } from '../../../ui/select/select.js';
import { attributeChoices, fieldChoices, useEnvironment } from '../words/labels.js';
import { ConditionEditor } from './condition-editor.js';
import { ExpressionField } from './expression-field.js';
import styles from './form.module.css';
import { likeBefore } from './like-before.js';
import { OneOf } from './one-of.js';
import { freshSource, SOURCE_KINDS, type SourceKind } from './source-kinds.js';
import { Parts } from './source-parts.js';
import type { SourceProps } from './source-props.js';

/** Where a value comes from. What no kind can show is one line of code; parts are edited in the same way. */
export function SourceEditor({ text, attribute, onChange }: SourceProps) {
  const source = readSource(text);
  const put = (edit: SourceEdit): void => onChange(writeSource(edit));
  const kinds = SOURCE_KINDS.includes(source.kind as SourceKind)
    ? SOURCE_KINDS
    : [...SOURCE_KINDS, source.kind];
  return (
    <div className={styles.row}>
      <div className={styles.kind}>
        <Select
          bare
          label={say('mapping.source')}
          value={source.kind}
          choices={kinds.map((kind) => ({ id: kind, label: say(`source.${kind}`) }))}
          onChange={(kind) => {
            if (kind !== source.kind) put(freshSource(kind as SourceKind, text));
          }}
        />
      </div>
      <SourceFields source={source} attribute={attribute} put={put} />
    </div>
  );
}

interface FieldsProps {
  readonly source: Source;
  readonly attribute: string | undefined;
  put(edit: SourceEdit): void;
}

function SourceFields({ source, attribute, put }: FieldsProps) {
  const environment = useEnvironment();
  switch (source.kind) {
    case 'nothing':
      return null;
    case 'fixed': {
      const facts = environment?.attributes.find(({ name }) => name === attribute);
      return (
        <div className={styles.value}>
          <ComboBox
            bare
            free
            label={say('mapping.value')}
            value={String(source.value)}
            choices={(facts?.values ?? []).map((value) => ({ id: value, label: value }))}
            onChange={(value) => put({ kind: 'fixed', value: likeBefore(value, source.value) })}
          />
        </div>
      );
    }
    case 'field':
      return (
        <div className={styles.value}>
          <ComboBox
            bare
            free
            label={say('mapping.field')}
            value={source.path}
            choices={[
              ...fieldChoices(environment, source.path),
              ...attributeChoices(environment).map(({ id }) => ({
                id: `listing.${id}`,
                label: `listing.${id}`,
              })),
            ]}
            onChange={(path) => put({ kind: 'field', path })}
          />
        </div>
      );
    case 'joined':
      return (
        <Parts
          field={SourceEditor}
          parts={source.parts}
          onChange={(parts) => put({ ...source, parts })}
          add={say('mapping.add_part')}
        />
      );
    case 'first':
    case 'list':
      return (
        <Parts
          field={SourceEditor}
          parts={source.of}
          onChange={(of) => put({ kind: source.kind, of })}
          add={say('mapping.add_part')}
        />
      );
    case 'if':
      return (
        <div className={styles.nested}>
          <ConditionEditor
            text={
              source.condition.length === 0
                ? null
                : String((editOf(source) as { condition: string }).condition)
            }
            onChange={(condition) => put({ ...(editOf(source) as If), condition: condition ?? 'true' })}
          />
          <p className={styles.legend}>{say('mapping.then')}</p>
          <SourceEditor
            text={source.chosen.text}
            attribute={attribute}
            onChange={(chosen) => put({ ...(editOf(source) as If), chosen })}
          />
          <p className={styles.legend}>{say('mapping.otherwise')}</p>
          <SourceEditor
            text={source.otherwise?.text ?? 'null'}
            attribute={attribute}
            onChange={(otherwise) =>
              put({ ...(editOf(source) as If), otherwise: otherwise === 'null' ? null : otherwise })
            }
          />
        </div>
      );
    case 'cut':
    case 'lookup':
    case 'category':
    case 'price':
    case 'cleaned':
      return <OneOf source={source} field={SourceEditor} put={put} />;
    default:
      return (
        <div className={styles.wide}>
          <ExpressionField
            label={say('mapping.expression')}
            value={source.text}
            onChange={(text) => put({ kind: 'expression', text })}
          />
        </div>
      );
  }
}

type If = Extract<SourceEdit, { readonly kind: 'if' }>;
