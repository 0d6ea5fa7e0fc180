import { useId } from 'react';
import styles from './number-field.module.css';

interface Props {
  readonly label: string;
  readonly value: number;
  readonly min?: number;
  readonly max: number;
  onChange(value: number): void;
  /** The label is for assistive technology only: the head of the column says it. */
  readonly bare?: boolean;
}

/** A whole number within bounds; what is typed beyond them is brought back when the field is left. A native input, since rows of tables have many. */
export function NumberField({ label, value, min = 0, max, onChange, bare }: Props) {
  const id = useId();
  return (
    <span className={styles.field}>
      {!bare && (
        <label htmlFor={id} className={styles.label}>
          {label}
        </label>
      )}
      <input
        id={id}
        type="number"
        inputMode="numeric"
        className={styles.input}
        {...(bare ? { 'aria-label': label } : {})}
        value={Number.isNaN(value) ? '' : value}
        min={min}
        max={max}
        step={1}
        onChange={(event) => onChange(Math.trunc(event.target.valueAsNumber))}
        onBlur={() => onChange(Math.min(max, Math.max(min, Number.isNaN(value) ? min : value)))}
      />
    </span>
  );
}
