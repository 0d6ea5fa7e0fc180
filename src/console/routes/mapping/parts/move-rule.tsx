import { useState } from 'react';
import { say } from '../../../strings/say.js';
import { Button } from '../../../ui/button/button.js';
import { TextField } from '../../../ui/text-field/text-field.js';
import styles from './rules.module.css';

interface Props {
  readonly index: number;
  readonly last: number;
  onMove(to: number): void;
  onClose(): void;
}

/** “Move to position…”: for lists that are too long to go step by step. */
export function MoveRule({ index, last, onMove, onClose }: Props) {
  const [text, setText] = useState(String(index + 1));
  const to = Number(text) - 1;
  const fits = Number.isInteger(to) && to >= 0 && to <= last;
  return (
    <form
      className={styles.move}
      onSubmit={(event) => {
        event.preventDefault();
        if (!fits) return;
        onMove(to);
        onClose();
      }}
    >
      <TextField
        label={say('mapping.position', { last: last + 1 })}
        inputMode="numeric"
        value={text}
        onChange={setText}
        error={fits ? null : say('mapping.position_unknown', { last: last + 1 })}
      />
      <Button type="submit">{say('mapping.move')}</Button>
      <Button kind="quiet" onPress={onClose}>
        {say('common.cancel')}
      </Button>
    </form>
  );
}
