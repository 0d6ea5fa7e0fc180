import { ChevronDown } from 'lucide-react';
import {
  Select as AriaSelect,
  Button,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  SelectValue,
} from 'react-aria-components';
import styles from './select.module.css';

/** One choice: its key and its words. */
export interface Choice {
  readonly id: string;
  readonly label: string;
}

interface Props {
  readonly label: string;
  /** The label is for assistive technology only: the value says what it is about (filters). */
  readonly bare?: boolean;
  readonly choices: readonly Choice[];
  readonly value: string;
  onChange(id: string): void;
}

/** A choice of a few. For choices of many, or of what a person may type, use the combo box. */
export function Select({ label, bare, choices, value, onChange }: Props) {
  return (
    <AriaSelect
      className={styles.select ?? ''}
      value={value}
      onChange={(key) => {
        if (key !== null) onChange(String(key));
      }}
      {...(bare ? { 'aria-label': label } : {})}
    >
      {!bare && <Label className={styles.label ?? ''}>{label}</Label>}
      <Button className={styles.button ?? ''}>
        <SelectValue className={styles.value ?? ''} />
        <ChevronDown size={16} aria-hidden="true" />
      </Button>
      <Popover className={styles.popover ?? ''} offset={4}>
        <ListBox className={styles.list ?? ''}>
          {choices.map((choice) => (
            <ListBoxItem
              key={choice.id}
              id={choice.id}
              textValue={choice.label}
              className={styles.item ?? ''}
            >
              <bdi>{choice.label}</bdi>
            </ListBoxItem>
          ))}
        </ListBox>
      </Popover>
    </AriaSelect>
  );
}
