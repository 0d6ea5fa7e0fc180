import type { JsonValue } from '../../app/json.js';
import { say } from '../../strings/say.js';
import { Switch } from '../checkbox/checkbox.js';
import { DateField } from '../date-field/date-field.js';
import { SecretField } from '../secret-field/secret-field.js';
import { Select } from '../select/select.js';
import { TagList } from '../tag-list/tag-list.js';
import { TextField } from '../text-field/text-field.js';
import field from '../text-field/text-field.module.css';
import type { BoxProps } from './box-props.js';
import { mistakeAt } from './facts.js';
import { GroupBox, PairsBox, RowsBox } from './many-box.js';
import styles from './schema-form.module.css';

/** One field of a form, whatever its kind. Empty means: not said. */
export function FieldBox(props: BoxProps) {
  const { field: about, at, value, facts, onChange } = props;
  const { label, help } = about;
  const error = mistakeAt(facts, at);
  const text = typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  switch (about.kind) {
    case 'secret':
      return (
        <SecretField
          {...{ label, help, error, onChange }}
          file={about.file}
          value={typeof value === 'string' ? value : undefined}
          known={facts.secrets.find(({ pointer }) => pointer === at) ?? null}
        />
      );
    case 'switch': {
      const on = typeof value === 'boolean' ? value : about.otherwise === true;
      return (
        <div className={styles.switch}>
          <Switch checked={on} onChange={onChange}>
            {label}
          </Switch>
          {help !== undefined && <span className={field.help}>{help}</span>}
          {error && <span className={field.error}>{error}</span>}
        </div>
      );
    }
    case 'choice':
      return <ChoiceBox {...props} label={label} choices={about.choices} error={error} />;
    case 'words':
      return (
        <TagList
          {...{ label, help, error }}
          choices={about.choices}
          tags={Array.isArray(value) ? value.map(String) : []}
          onChange={(tags) => onChange(tags.length === 0 ? undefined : [...tags])}
        />
      );
    case 'group':
      return <GroupBox {...props} Field={FieldBox} fields={about.fields} />;
    case 'rows':
      return <RowsBox {...props} Field={FieldBox} fields={about.fields} />;
    case 'pairs':
      return <PairsBox {...props} />;
    case 'json':
      return <JsonBox {...props} />;
    case 'number':
      return (
        <TextField
          {...{ label, error }}
          help={withDefault(help, about.otherwise)}
          inputMode="decimal"
          value={text}
          onChange={(typed) => onChange(typed === '' ? undefined : numberIn(typed))}
        />
      );
    case 'text':
      if (about.day)
        return <DateField label={label} value={text} onChange={(day) => onChange(day || undefined)} />;
      return (
        <TextField
          {...{ label, error }}
          help={withDefault(help, about.otherwise)}
          code={about.code}
          value={text}
          onChange={(typed) => onChange(typed === '' ? undefined : typed)}
        />
      );
  }
}

function ChoiceBox({
  field: about,
  label,
  choices,
  error,
  value,
  onChange,
}: BoxProps & {
  readonly label: string;
  readonly choices: readonly string[];
  readonly error: string | null;
}) {
  const nothing =
    about.otherwise === undefined
      ? say('form.choose')
      : say('form.default', { value: String(about.otherwise) });
  return (
    <div className={field.field}>
      <Select
        label={label}
        value={typeof value === 'string' ? value : ''}
        onChange={(id) => onChange(id === '' ? undefined : id)}
        choices={[{ id: '', label: nothing }, ...choices.map((id) => ({ id, label: id }))]}
      />
      {about.help !== undefined && <span className={field.help}>{about.help}</span>}
      {error && <span className={field.error}>{error}</span>}
    </div>
  );
}

/** What no field can show: as it is written. Text that does not parse stays text, and the server says so. */
function JsonBox({ field: about, at, value, facts, onChange }: BoxProps) {
  const text = typeof value === 'string' ? value : value === undefined ? '' : JSON.stringify(value, null, 2);
  return (
    <TextField
      label={about.label}
      help={about.help}
      error={mistakeAt(facts, at)}
      code
      lines={4}
      value={text}
      onChange={(typed) => onChange(typed === '' ? undefined : parsed(typed))}
    />
  );
}

function parsed(text: string): JsonValue {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return text; // half typed
  }
}

/** A number that is half typed stays text: the server says what is wrong with it, and nothing is lost. */
function numberIn(text: string): JsonValue {
  const value = Number(text.replace(',', '.'));
  return Number.isFinite(value) && text.trim() !== '' ? value : text;
}

function withDefault(help: string | undefined, otherwise: JsonValue | undefined): string | undefined {
  if (otherwise === undefined) return help;
  const known = say('form.otherwise', { value: String(otherwise) });
  return help === undefined ? known : `${help} ${known}`;
}
