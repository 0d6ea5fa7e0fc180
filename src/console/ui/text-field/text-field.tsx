import { Search, X } from 'lucide-react';
import type { ReactNode, RefObject } from 'react';
import {
  SearchField as AriaSearchField,
  TextField as AriaTextField,
  FieldError,
  Input,
  Label,
  Text,
  TextArea,
  type TextFieldProps,
} from 'react-aria-components';
import { say } from '../../strings/say.js';
import { IconButton } from '../button/button.js';
import styles from './text-field.module.css';

interface Props
  extends Pick<
    TextFieldProps,
    | 'value'
    | 'defaultValue'
    | 'onChange'
    | 'name'
    | 'type'
    | 'autoComplete'
    | 'isRequired'
    | 'isReadOnly'
    | 'inputMode'
    | 'maxLength'
  > {
  readonly label: string;
  /** One line under the field, tied to it for assistive technology. */
  readonly help?: ReactNode;
  /** What is wrong, in words. */
  readonly error?: string | null | undefined;
  /** Identifiers and expressions: monospace, always left to right. */
  readonly code?: boolean;
  readonly lines?: number;
  readonly placeholder?: string;
  readonly inputRef?: RefObject<HTMLInputElement | null>;
}

/** A labelled field of text. The label is always visible; a placeholder is an example, never the label. */
export function TextField({ label, help, error, code, lines, placeholder, inputRef, ...rest }: Props) {
  const shape = `${styles.input} ${code ? styles.code : ''}`;
  const hint = placeholder === undefined ? {} : { placeholder };
  return (
    <AriaTextField
      {...rest}
      className={styles.field ?? ''}
      isInvalid={Boolean(error)}
      validationBehavior="aria"
    >
      <Label className={styles.label ?? ''}>{label}</Label>
      {lines === undefined ? (
        <Input
          {...hint}
          className={shape}
          {...(inputRef ? { ref: inputRef } : {})}
          dir={code ? 'ltr' : 'auto'}
        />
      ) : (
        <TextArea {...hint} className={shape} rows={lines} dir={code ? 'ltr' : 'auto'} />
      )}
      {help !== undefined && (
        <Text slot="description" className={styles.help ?? ''}>
          {help}
        </Text>
      )}
      <FieldError className={styles.error ?? ''}>{error}</FieldError>
    </AriaTextField>
  );
}

interface SearchProps {
  readonly label: string;
  readonly value: string;
  onChange(value: string): void;
  /** Enter. */
  onSubmit?(value: string): void;
  readonly placeholder?: string;
}

/** A search box: the label is for assistive technology, the glass says the same to the eye. Escape empties it. */
export function SearchField({ label, value, onChange, onSubmit, placeholder }: SearchProps) {
  return (
    <AriaSearchField
      aria-label={label}
      value={value}
      onChange={onChange}
      {...(onSubmit ? { onSubmit } : {})}
      className={styles.search ?? ''}
    >
      <Search size={16} aria-hidden="true" className={styles.glass} />
      <Input
        className={`${styles.input} ${styles.searchInput}`}
        placeholder={placeholder ?? label}
        dir="auto"
      />
      {value !== '' && <IconButton small label={say('common.clear')} icon={<X size={16} />} />}
    </AriaSearchField>
  );
}
