import { useId, useState } from 'react';
import type { Choice } from '../select/select.js';
import field from '../text-field/text-field.module.css';

interface Props {
  readonly label: string;
  readonly help?: string | undefined;
  readonly error?: string | null | undefined;
  readonly choices: readonly Choice[];
  /** The id of a choice, or what was typed where that is allowed; empty: nothing. */
  readonly value: string;
  onChange(value: string): void;
  /** What is typed counts even when no choice says it. */
  readonly ownWords?: boolean;
}

/**
 * A choice of many, found by typing: the browser's own list, which costs no script and reads aloud. What fits no choice is taken back when
 * the field is left, unless own words are allowed.
 */
export function PickBox({ label, help, error, choices, value, onChange, ownWords = false }: Props) {
  const id = useId();
  const wordsOf = (key: string): string => choices.find((choice) => choice.id === key)?.label ?? key;
  const [typed, setTyped] = useState<string | null>(null);
  const type = (text: string): void => {
    setTyped(text);
    const found = choiceOf(choices, text);
    if (found !== undefined) onChange(found.id);
    else if (ownWords || text === '') onChange(text);
  };
  return (
    <div className={field.field}>
      <label className={field.label} htmlFor={id}>
        {label}
      </label>
      <input
        id={id}
        className={field.input}
        list={`${id}-list`}
        dir="auto"
        autoComplete="off"
        value={typed ?? wordsOf(value)}
        aria-invalid={error ? true : undefined}
        aria-describedby={`${id}-help`}
        onChange={(event) => type(event.target.value)}
        onFocus={(event) => event.target.select()}
        onBlur={() => setTyped(null)}
      />
      <datalist id={`${id}-list`}>
        {choices.map((choice) => (
          <option key={choice.id} value={choice.label} />
        ))}
      </datalist>
      <span id={`${id}-help`} className={error ? field.error : field.help}>
        {error || help}
      </span>
    </div>
  );
}

/** By its words or its key, whatever the case: `germany`, `DE`. */
export function choiceOf(choices: readonly Choice[], text: string): Choice | undefined {
  const plain = text.trim().toLowerCase();
  return choices.find(({ id, label }) => label.toLowerCase() === plain || id.toLowerCase() === plain);
}
