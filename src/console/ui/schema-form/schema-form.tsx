import type { JsonObject } from '../../app/json.js';
import { withMember } from './change.js';
import type { FormFacts } from './facts.js';
import { FieldBox } from './field-box.js';
import { fieldsOf } from './fields.js';
import styles from './schema-form.module.css';

interface Props {
  /** JSON Schema of an object. */
  readonly schema: JsonObject;
  /** Which of its members, in this order; absent: all. */
  readonly names?: readonly string[];
  /** JSON pointer of the object: `/settings`. */
  readonly at: string;
  readonly value: JsonObject;
  readonly facts: FormFacts;
  onChange(value: JsonObject): void;
}

/** A form made from a JSON Schema. The server checks; what it says is shown at the field it is about. */
export function SchemaForm({ schema, names, at, value, facts, onChange }: Props) {
  return (
    <div className={styles.fields}>
      {fieldsOf(schema, names).map((field) => (
        <FieldBox
          key={field.name}
          field={field}
          at={`${at}/${field.name}`}
          value={value[field.name]}
          facts={facts}
          onChange={(changed) => onChange(withMember(value, field.name, changed))}
        />
      ))}
    </div>
  );
}
