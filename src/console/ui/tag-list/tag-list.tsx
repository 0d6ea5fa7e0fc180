import { X } from 'lucide-react';
import { useId, useState } from 'react';
import { say } from '../../strings/say.js';
import { Button, IconButton } from '../button/button.js';
import field from '../text-field/text-field.module.css';
import styles from './tag-list.module.css';

interface Props {
  readonly label: string;
  readonly help?: string | undefined;
  readonly error?: string | null | undefined;
  readonly tags: readonly string[];
  /** What may be added; absent: whatever is typed. */
  readonly choices?: readonly string[] | undefined;
  onChange(tags: readonly string[]): void;
}

/** A list of words: each can be taken out; another is typed or chosen, and added with Enter. */
export function TagList({ label, help, error, tags, choices, onChange }: Props) {
  const id = useId();
  const [typed, setTyped] = useState('');
  const left = choices?.filter((choice) => !tags.includes(choice));
  const add = (text: string): void => {
    const tag = text.trim();
    setTyped('');
    if (tag !== '' && !tags.includes(tag)) onChange([...tags, tag]);
  };
  return (
    <div className={field.field}>
      <label className={field.label} htmlFor={id}>
        {label}
      </label>
      {tags.length > 0 && (
        <ul className={styles.tags}>
          {tags.map((tag) => (
            <li key={tag} className={styles.tag}>
              <bdi>{tag}</bdi>
              <IconButton
                small
                label={say('tags.remove', { tag })}
                icon={<X size={14} />}
                onPress={() => onChange(tags.filter((other) => other !== tag))}
              />
            </li>
          ))}
        </ul>
      )}
      <div className={styles.add}>
        {left === undefined ? (
          <input
            id={id}
            className={field.input}
            value={typed}
            dir="auto"
            aria-describedby={`${id}-help`}
            onChange={(event) => setTyped(event.target.value)}
            onKeyDown={(event) => {
              if (event.key !== 'Enter') return;
              event.preventDefault(); // Enter adds; it does not send the form
              add(typed);
            }}
            onBlur={() => add(typed)}
          />
        ) : (
          <select
            id={id}
            className={field.input}
            value=""
            aria-describedby={`${id}-help`}
            onChange={(event) => add(event.target.value)}
          >
            <option value="">{say('tags.choose')}</option>
            {left.map((choice) => (
              <option key={choice}>{choice}</option>
            ))}
          </select>
        )}
        {left === undefined && <Button onPress={() => add(typed)}>{say('tags.add')}</Button>}
      </div>
      <span id={`${id}-help`} className={field.help}>
        {help}
      </span>
      {error && <span className={field.error}>{error}</span>}
    </div>
  );
}
