import type { ConnectorRow, GuideStep } from '../../../app/channels.js';
import type { JsonObject } from '../../../app/json.js';
import { say } from '../../../strings/say.js';
import { Disclosure } from '../../../ui/disclosure/disclosure.js';
import { objectOf } from '../../../ui/schema-form/change.js';
import type { FormFacts } from '../../../ui/schema-form/facts.js';
import { SchemaForm } from '../../../ui/schema-form/schema-form.js';
import styles from './connect.module.css';

/** Settings no step of the guide asks for: below a fold, in the first step. */
export function otherFields({ guide, settingsSchema }: ConnectorRow): readonly string[] {
  const asked = new Set(guide?.steps.flatMap(({ fields }) => fields));
  return Object.keys(objectOf(settingsSchema.properties)).filter(
    (name) => guide !== null && !asked.has(name),
  );
}

interface FieldsProps {
  readonly connector: ConnectorRow;
  readonly step: GuideStep;
  readonly first: boolean;
  readonly value: JsonObject;
  readonly facts: FormFacts;
  onChange(value: JsonObject): void;
}

/** What a step says and asks for; the first one also offers what no step asks for. */
export function Fields({ connector, step, first, ...form }: FieldsProps) {
  const schema = connector.settingsSchema;
  const others = first ? otherFields(connector) : [];
  return (
    <>
      <Says step={step} />
      {step.fields.length > 0 && <SchemaForm schema={schema} names={step.fields} at="/settings" {...form} />}
      {others.length > 0 && (
        <Disclosure summary={say('connect.more', { n: others.length })}>
          <SchemaForm schema={schema} names={others} at="/settings" {...form} />
        </Disclosure>
      )}
    </>
  );
}

function Says({ step: { says } }: { readonly step: GuideStep }) {
  return (
    <div className={styles.says}>
      {says.map((text) => (
        <p key={text}>{text}</p>
      ))}
    </div>
  );
}
