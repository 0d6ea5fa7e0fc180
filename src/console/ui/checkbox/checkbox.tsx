import { Check } from 'lucide-react';
import type { ReactNode } from 'react';
import {
  Checkbox as AriaCheckbox,
  RadioGroup as AriaRadioGroup,
  Switch as AriaSwitch,
  Label,
  Radio,
} from 'react-aria-components';
import styles from './checkbox.module.css';

interface Props {
  readonly checked: boolean;
  onChange(checked: boolean): void;
  readonly children: ReactNode;
}

/** A tick box in a form. In rows of a table use a native input. */
export function Checkbox({ checked, onChange, children }: Props) {
  return (
    <AriaCheckbox isSelected={checked} onChange={onChange} className={styles.choice ?? ''}>
      <span className={styles.box} aria-hidden="true">
        <Check size={14} strokeWidth={3} />
      </span>
      <span>{children}</span>
    </AriaCheckbox>
  );
}

/** On or off, at once: for settings that need no Save. */
export function Switch({ checked, onChange, children }: Props) {
  return (
    <AriaSwitch isSelected={checked} onChange={onChange} className={styles.choice ?? ''}>
      <span className={styles.track} aria-hidden="true">
        <span className={styles.knob} />
      </span>
      <span>{children}</span>
    </AriaSwitch>
  );
}

interface RadioProps {
  readonly label: string;
  readonly value: string;
  readonly choices: readonly { readonly id: string; readonly label: ReactNode; readonly help?: ReactNode }[];
  onChange(id: string): void;
  /** The label is for assistive technology only. */
  readonly bare?: boolean;
}

/** One of a few that should all be seen. */
export function RadioGroup({ label, value, choices, onChange, bare }: RadioProps) {
  return (
    <AriaRadioGroup
      value={value}
      onChange={onChange}
      className={styles.group ?? ''}
      {...(bare ? { 'aria-label': label } : {})}
    >
      {!bare && <Label className={styles.label ?? ''}>{label}</Label>}
      {choices.map((choice) => (
        <Radio key={choice.id} value={choice.id} className={`${styles.choice} ${styles.radioRow}`}>
          <span className={styles.dot} aria-hidden="true" />
          <span>
            {choice.label}
            {choice.help !== undefined && <span className={styles.help}>{choice.help}</span>}
          </span>
        </Radio>
      ))}
    </AriaRadioGroup>
  );
}
