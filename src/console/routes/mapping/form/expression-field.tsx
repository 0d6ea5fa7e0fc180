import { useState } from 'react';
import { parses } from '../../../../mapping/form/read-source.js';
import { say } from '../../../strings/say.js';
import { TextField } from '../../../ui/text-field/text-field.js';

interface Props {
  readonly label: string;
  readonly value: string;
  onChange(text: string): void;
}

/** An expression as one line of code. Taken over when the field is left, or with Enter; one that cannot be read stays here, and says so. */
export function ExpressionField({ label, value, onChange }: Props) {
  const [text, setText] = useState(value);
  const [known, setKnown] = useState(value);
  if (known !== value) {
    setKnown(value);
    setText(value);
  }
  const readable = parses(text);
  const take = (): void => {
    if (text.trim() !== '' && readable && text !== value) onChange(text.trim());
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Enter in the field takes it over, as leaving it does
    <div
      onBlur={take}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || event.shiftKey || event.ctrlKey) return;
        event.preventDefault();
        take();
      }}
    >
      <TextField
        code
        label={label}
        lines={Math.min(6, text.split('\n').length)}
        value={text}
        onChange={setText}
        error={readable ? null : say('mapping.unreadable')}
      />
    </div>
  );
}
