import { useState } from 'react';
import { say } from '../../strings/say.js';
import { Button } from '../button/button.js';
import { FileDrop } from '../file-drop/file-drop.js';
import { TextField } from '../text-field/text-field.js';
import field from '../text-field/text-field.module.css';
import styles from './secret-field.module.css';

/** What is known of a secret that is set. */
export interface KnownSecret {
  /** How it ends; null: too short to be shown. */
  readonly ends: string | null;
}

interface Props {
  readonly label: string;
  readonly help?: string | undefined;
  readonly error?: string | null | undefined;
  /** What was typed now; undefined: nothing. */
  readonly value: string | undefined;
  /** Null: none is set. */
  readonly known: KnownSecret | null;
  /** It is the content of a file: it is dropped, never typed. */
  readonly file?: boolean;
  onChange(value: string | undefined): void;
}

/** A secret: sealed when it is sent, never shown again. One that is set says so and how it ends, and can be replaced. */
export function SecretField({ label, help, error, value, known, file, onChange }: Props) {
  const [replacing, setReplacing] = useState(false);
  const [name, setName] = useState<string | null>(null);
  if (known !== null && !replacing)
    return (
      <div className={field.field}>
        <span className={field.label}>{label}</span>
        <div className={styles.known}>
          <span>
            {known.ends === null ? say('secret.set') : say('secret.set_ends', { ends: known.ends })}
          </span>
          <Button aria-label={say('secret.replace_of', { label })} onPress={() => setReplacing(true)}>
            {say('secret.replace')}
          </Button>
        </div>
        {error && <span className={field.error}>{error}</span>}
      </div>
    );
  if (file)
    return (
      <div className={field.field}>
        <FileDrop
          label={label}
          accept=".json,application/json"
          {...(help === undefined ? {} : { help })}
          chosen={name}
          onFile={(chosen) => {
            setName(chosen.name);
            void chosen.text().then(onChange);
          }}
        />
        {error && <span className={field.error}>{error}</span>}
      </div>
    );
  return (
    <TextField
      label={label}
      help={help}
      error={error}
      type="password"
      autoComplete="off"
      code
      value={value ?? ''}
      onChange={(typed) => onChange(typed === '' ? undefined : typed)}
    />
  );
}
