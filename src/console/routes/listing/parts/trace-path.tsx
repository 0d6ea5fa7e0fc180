import type { Listing } from '../../../../api/shapes/listing.js';
import { say, sayWith } from '../../../strings/say.js';
import { Code } from '../../../ui/code/code.js';
import { JsonValue } from '../../../ui/json-value/json-value.js';
import styles from './listing.module.css';

type Attribute = Listing['attributes'][number];
type Step = Attribute['steps'][number];

/** The way to a value, hop by hop: who decided, from what, and what came out. */
export function TracePath({ steps, notes }: Pick<Attribute, 'steps' | 'notes'>) {
  return (
    <>
      <ol className={styles.trace}>
        {steps.map((step, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the order is the name of a hop
          <li key={at}>
            <p className={styles.hop}>{hopText(step)}</p>
            <Sources of={{ ...step.when, ...step.sources }} />
            {step.expression !== undefined && (
              <p>
                <Code>{step.expression}</Code>
              </p>
            )}
            <p className={styles.result}>
              <span aria-hidden="true">→ </span>
              <JsonValue value={step.value} />
            </p>
          </li>
        ))}
      </ol>
      {notes.map((note) => (
        <p key={note} className={styles.dim}>
          {note}
        </p>
      ))}
    </>
  );
}

function hopText({ by, name, at }: Step) {
  if (by === 'rule') return sayWith('trace.rule', { name: <bdi>{name ?? at ?? ''}</bdi> });
  return say(`trace.${by}`);
}

function Sources({ of }: { readonly of: Readonly<Record<string, unknown>> }) {
  const names = Object.keys(of);
  if (names.length === 0) return null;
  return (
    <ul className={styles.sources}>
      {names.map((name) => (
        <li key={name}>
          <Code>{name}</Code> <JsonValue value={of[name]} />
        </li>
      ))}
    </ul>
  );
}
