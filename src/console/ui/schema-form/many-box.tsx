import { Plus, Trash2 } from 'lucide-react';
import type { JsonObject, JsonValue } from '../../app/json.js';
import { say } from '../../strings/say.js';
import { Button } from '../button/button.js';
import { Disclosure } from '../disclosure/disclosure.js';
import { TextField } from '../text-field/text-field.js';
import field from '../text-field/text-field.module.css';
import type { BoxProps, NestProps } from './box-props.js';
import { withMember } from './change.js';
import { mistakeAt } from './facts.js';
import styles from './schema-form.module.css';

/** Members that belong together; all empty: not said. */
export function GroupBox({ field: about, fields, Field, at, value, facts, onChange }: NestProps) {
  const object = isObject(value) ? value : {};
  const set =
    Object.keys(object).length > 0 || facts.secrets.some(({ pointer }) => pointer.startsWith(`${at}/`));
  const wrong = facts.mistakes.some(({ pointer }) => pointer === at || pointer.startsWith(`${at}/`));
  const error = mistakeAt(facts, at);
  return (
    <Disclosure summary={about.label} startOpen={set || wrong || about.required}>
      <fieldset className={styles.group} aria-label={about.label}>
        {about.help !== undefined && <p className={field.help}>{about.help}</p>}
        {error && <p className={field.error}>{error}</p>}
        {fields.map((one) => (
          <Field
            key={one.name}
            field={one}
            at={`${at}/${one.name}`}
            value={object[one.name]}
            facts={facts}
            onChange={(changed) => {
              const next = withMember(object, one.name, changed);
              onChange(Object.keys(next).length === 0 ? undefined : next);
            }}
          />
        ))}
      </fieldset>
    </Disclosure>
  );
}

/** A list of things with the same members. */
export function RowsBox({ field: about, fields, Field, at, value, facts, onChange }: NestProps) {
  const rows = Array.isArray(value) ? value : [];
  const set = (next: readonly (JsonValue | undefined)[]): void =>
    onChange(next.length === 0 ? undefined : next.map((row) => row ?? {}));
  return (
    <fieldset className={styles.many} aria-label={about.label}>
      <span className={field.label}>{about.label}</span>
      {about.help !== undefined && <span className={field.help}>{about.help}</span>}
      {rows.map((row, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows have no other name
        <div key={place} className={styles.row}>
          <GroupBox
            field={{
              ...about,
              help: undefined,
              label: say('form.row', { label: about.label, n: place + 1 }),
              required: true,
            }}
            fields={fields}
            Field={Field}
            at={`${at}/${place}`}
            value={row}
            facts={facts}
            onChange={(changed) => set(rows.with(place, changed ?? {}))}
          />
          <Button
            icon={<Trash2 size={16} />}
            onPress={() => set(rows.filter((_one, other) => other !== place))}
          >
            {say('form.remove_row', { n: place + 1 })}
          </Button>
        </div>
      ))}
      <Button icon={<Plus size={16} />} onPress={() => set([...rows, {}])}>
        {say('form.add_row', { label: about.label })}
      </Button>
    </fieldset>
  );
}

/** Names with a text each: carriers and how a channel calls them. */
export function PairsBox({ field: about, at, value, facts, onChange }: BoxProps) {
  const object: JsonObject = isObject(value) ? value : {};
  const error = mistakeAt(facts, at);
  const entries = Object.entries(object);
  const set = (next: readonly (readonly [string, JsonValue | undefined])[]): void =>
    onChange(next.length === 0 ? undefined : (Object.fromEntries(next) as JsonObject));
  return (
    <fieldset className={styles.many} aria-label={about.label}>
      <span className={field.label}>{about.label}</span>
      {about.help !== undefined && <span className={field.help}>{about.help}</span>}
      {error && <span className={field.error}>{error}</span>}
      {entries.map(([name, text], place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the name is what is being typed
        <div key={place} className={styles.pair}>
          <TextField
            label={say('form.name')}
            value={name}
            onChange={(typed) => set(entries.with(place, [typed, text]))}
          />
          <TextField
            label={say('form.value')}
            value={typeof text === 'string' ? text : ''}
            onChange={(typed) => set(entries.with(place, [name, typed]))}
          />
          <Button
            icon={<Trash2 size={16} />}
            onPress={() => set(entries.filter((_one, other) => other !== place))}
          >
            {say('form.remove_row', { n: place + 1 })}
          </Button>
        </div>
      ))}
      <Button icon={<Plus size={16} />} onPress={() => set([...entries, ['', '']])}>
        {say('form.add_row', { label: about.label })}
      </Button>
    </fieldset>
  );
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
