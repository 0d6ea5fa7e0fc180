import { useState } from 'react';
import { TextField } from '../../../ui/text-field/text-field.js';

interface Props {
  readonly label: string;
  readonly value: string;
  readonly code?: boolean;
  onChange(text: string): void;
}

/** A text that is taken over when its field is left, so that a rule does not change with every letter. */
export function KeptText({ label, value, code, onChange }: Props) {
  const [text, setText] = useState(value);
  const [known, setKnown] = useState(value);
  if (known !== value) {
    setKnown(value);
    setText(value);
  }
  const take = (): void => {
    if (text !== value) onChange(text);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Enter in the field takes it over, as leaving it does
    <div
      onBlur={take}
      onKeyDown={(event) => {
        if (event.key === 'Enter') take();
      }}
    >
      <TextField label={label} value={text} onChange={setText} {...(code ? { code } : {})} />
    </div>
  );
}
