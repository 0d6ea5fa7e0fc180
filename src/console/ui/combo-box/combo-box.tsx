import { ChevronDown } from 'lucide-react';
import {
  ComboBox as AriaComboBox,
  Button,
  Input,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  Text,
} from 'react-aria-components';
import { say } from '../../strings/say.js';
import styles from './combo-box.module.css';

/** One choice: its key, its words and what helps to choose it. */
export interface ComboChoice {
  readonly id: string;
  readonly label: string;
  readonly detail?: string | undefined;
}

interface Props {
  readonly label: string;
  /** The label is for assistive technology only: the words around say what it is. */
  readonly bare?: boolean;
  readonly choices: readonly ComboChoice[];
  /** What is chosen: the key of a choice, or what somebody typed. */
  readonly value: string;
  /** What is typed may be none of the choices. */
  readonly free?: boolean;
  /** Identifiers: monospace, left to right. */
  readonly code?: boolean;
  onChange(value: string): void;
}

/** More than this many are found by typing. */
const SHOWN = 100;

/** A choice of many, found by typing; or a text with suggestions. */
export function ComboBox({ label, bare, choices, value, free, code, onChange }: Props) {
  const known = choices.find(({ id }) => id === value);
  return (
    <AriaComboBox
      className={styles.combo ?? ''}
      {...(bare ? { 'aria-label': label } : {})}
      defaultItems={choices.slice(0, Math.max(SHOWN, choices.length))}
      defaultInputValue={known?.label ?? value}
      key={known === undefined && free ? 'free' : value}
      allowsCustomValue={free ?? false}
      onChange={(key) => {
        if (key !== null && String(key) !== value) onChange(String(key));
      }}
      onBlur={(event) => {
        const typed = (event.target as HTMLInputElement).value ?? '';
        const meant = choices.find((choice) => choice.label === typed || choice.id === typed);
        if (meant !== undefined && meant.id !== value) onChange(meant.id);
        else if (meant === undefined && free && typed !== value) onChange(typed);
      }}
    >
      {!bare && <Label className={styles.label ?? ''}>{label}</Label>}
      <div className={styles.box}>
        <Input className={`${styles.input} ${code ? styles.code : ''}`} dir={code ? 'ltr' : 'auto'} />
        <Button className={styles.open ?? ''} aria-label={say('combo.open')}>
          <ChevronDown size={16} aria-hidden="true" />
        </Button>
      </div>
      <Popover className={styles.popover ?? ''} offset={4}>
        <ListBox className={styles.list ?? ''}>
          {(choice: ComboChoice) => (
            <ListBoxItem id={choice.id} textValue={choice.label} className={styles.item ?? ''}>
              <Text slot="label">
                <bdi>{choice.label}</bdi>
              </Text>
              {choice.detail !== undefined && (
                <Text slot="description" className={styles.detail ?? ''}>
                  {choice.detail}
                </Text>
              )}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </AriaComboBox>
  );
}
