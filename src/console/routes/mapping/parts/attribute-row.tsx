import type { AttributeFills } from '../../../../api/shapes/mapping-types.js';
import type { FormValue } from '../../../../mapping/form/form-model.js';
import { say } from '../../../strings/say.js';
import { Button } from '../../../ui/button/button.js';
import { Notice } from '../../../ui/notice/notice.js';
import { SourceEditor } from '../form/source-editor.js';
import { useEnvironment } from '../words/labels.js';
import { nearestField } from '../words/nearest-field.js';
import styles from './attributes.module.css';
import type { EditForm } from './edit-form.js';
import { valueWords } from './rule-sentence.js';

/** One attribute with everything the table tells of it. */
export interface AttributeLine {
  readonly name: string;
  readonly required: boolean;
  readonly doc: string | null;
  readonly own: FormValue | undefined;
  readonly below: FormValue | undefined;
  readonly fill: AttributeFills['attributes'][number] | undefined;
}

interface Props {
  readonly line: AttributeLine;
  /** `98%`; null: not counted yet. */
  readonly share: string | null;
  readonly open: boolean;
  onOpen(open: boolean): void;
  readonly edit: EditForm;
  readonly whyNot: string | null;
}

/** One attribute; opened, the fields to change where its value comes from. */
export function AttributeRow({ line, share, open, onOpen, edit, whyNot }: Props) {
  const { name, required, doc, own, below, fill } = line;
  const value = own ?? below;
  const missing = required && fill !== undefined && fill.filled === 0;
  return (
    <>
      <tr data-missing={missing ? '' : undefined}>
        <th scope="row">
          <button type="button" className={styles.name} aria-expanded={open} onClick={() => onOpen(!open)}>
            <code dir="ltr">{name}</code>
          </button>
          {required && <span className={styles.required}>{say('mapping.required')}</span>}
        </th>
        <td data-label={say('mapping.filled_by')}>
          <bdi className={styles.words}>
            {value === undefined ? say('mapping.nobody_fills') : valueWords(value)}
          </bdi>
        </td>
        <td data-label={say('mapping.filled')} className={styles.share}>
          <span>{share ?? '—'}</span>
          {fill && fill.errors > 0 && (
            <span className={styles.errors}>{say('mapping.with_errors', { n: fill.errors })}</span>
          )}
          {fill && fill.errors === 0 && fill.warnings > 0 && (
            <span className={styles.warnings}>{say('mapping.with_warnings', { n: fill.warnings })}</span>
          )}
        </td>
        <td data-label={say('mapping.layer')}>{layerWords(line)}</td>
      </tr>
      {open && (
        <tr className={styles.below}>
          <td colSpan={4}>
            {doc !== null && <p className={styles.dim}>{doc}</p>}
            {whyNot === null ? <AttributeEditor line={line} edit={edit} /> : <p>{whyNot}</p>}
          </td>
        </tr>
      )}
    </>
  );
}

function layerWords({ own, below, fill }: AttributeLine): string {
  const layers = [
    ...(own !== undefined
      ? [say('mapping.layer.mapping')]
      : below !== undefined
        ? [say('mapping.layer.default')]
        : []),
    ...((fill?.byRule ?? 0) > 0 ? [say('mapping.layer.rule', { n: fill?.byRule ?? 0 })] : []),
    ...((fill?.byHand ?? 0) > 0 ? [say('mapping.layer.hand', { n: fill?.byHand ?? 0 })] : []),
  ];
  return layers.join(', ') || '—';
}

function AttributeEditor({ line, edit }: { readonly line: AttributeLine; readonly edit: EditForm }) {
  const environment = useEnvironment();
  const { name, own, below } = line;
  const value = own ?? below;
  const suggestion = value === undefined ? nearestField(name, environment?.fields ?? []) : null;
  const set = (text: string): void => void edit({ do: 'set', path: ['attributes', name], value: text });
  if (value !== undefined && value.source === null)
    return (
      <Notice tone="note">
        {say('mapping.in_code_only')} <code dir="ltr">{value.written}</code>
      </Notice>
    );
  return (
    <div className={styles.editor}>
      {value === undefined ? (
        <div className={styles.bar}>
          {suggestion !== null && (
            <Button onPress={() => set(suggestion.path)}>
              {say('mapping.suggest', { field: suggestion.label })}
            </Button>
          )}
          <Button kind="quiet" onPress={() => set('product.title')}>
            {say('mapping.fill_it')}
          </Button>
        </div>
      ) : (
        <SourceEditor text={value.source?.text ?? ''} attribute={name} onChange={set} />
      )}
      {own !== undefined && (
        <Button
          kind="quiet"
          onPress={() =>
            void edit({ do: 'remove', path: ['attributes', name] }, say('mapping.back_done', { name }))
          }
        >
          {below === undefined ? say('mapping.leave_out') : say('mapping.back_to_default')}
        </Button>
      )}
    </div>
  );
}
