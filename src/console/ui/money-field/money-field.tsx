import { say } from '../../strings/say.js';
import { TextField } from '../text-field/text-field.js';
import { minorIn } from './minor-in.js';

interface Props {
  readonly label: string;
  /** As it is typed, in major units; read it with `minorIn`. */
  readonly text: string;
  readonly currency: string;
  onChange(text: string): void;
  /** More than this is said to be too much; the server decides again. */
  readonly most?: number | null;
}

/** An amount in a currency that is named. It is read as typed, never rounded. */
export function MoneyField({ label, text, currency, onChange, most = null }: Props) {
  const minor = minorIn(text, currency);
  const wrong = text.trim() !== '' && (minor === null || (most !== null && minor > most));
  return (
    <TextField
      label={say('money.label', { label, currency })}
      inputMode="decimal"
      value={text}
      onChange={onChange}
      error={wrong ? say(minor === null ? 'money.unreadable' : 'money.too_much') : null}
    />
  );
}
