import { useId } from 'react';
import styles from './date-field.module.css';

interface Props {
  readonly label: string;
  /** `2026-11-25`, or with `time` `2026-11-25T14:00` on the clock of whoever looks; empty: none. */
  readonly value: string;
  onChange(value: string): void;
  readonly time?: boolean;
  readonly min?: string;
  readonly max?: string;
}

/** A day, or a moment on the reader's own clock: the browser's own field, which brings its own calendar and reads aloud. */
export function DateField({ label, value, onChange, time, min, max }: Props) {
  const id = useId();
  return (
    <span className={styles.field}>
      <label htmlFor={id} className={styles.label}>
        {label}
      </label>
      <input
        id={id}
        type={time ? 'datetime-local' : 'date'}
        className={styles.input}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        {...(min === undefined ? {} : { min })}
        {...(max === undefined ? {} : { max })}
      />
    </span>
  );
}

/** An instant as such a field with `time` writes it, on the reader's own clock. */
export function typedMoment(instant: string): string {
  const at = new Date(instant);
  const local = new Date(at.getTime() - at.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16);
}

/** The instant of what such a field with `time` holds; undefined: none, or half typed. */
export function instantIn(typed: string): string | undefined {
  const at = new Date(typed);
  return typed === '' || Number.isNaN(at.getTime()) ? undefined : at.toISOString();
}
