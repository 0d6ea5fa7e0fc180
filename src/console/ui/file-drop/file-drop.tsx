import { Upload } from 'lucide-react';
import { type DragEvent, useId, useState } from 'react';
import { say } from '../../strings/say.js';
import styles from './file-drop.module.css';

interface Props {
  readonly label: string;
  /** What it takes: `.csv,text/csv`. */
  readonly accept: string;
  readonly help?: string;
  /** The name of the file that was chosen. */
  readonly chosen?: string | null;
  onFile(file: File): void;
}

/** A file, dropped or chosen with the keyboard: the browser's own input, with room to drop around it. */
export function FileDrop({ label, accept, help, chosen = null, onFile }: Props) {
  const id = useId();
  const [over, setOver] = useState(false);
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    const file = event.dataTransfer.files[0];
    if (file) onFile(file);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is the pointer's way; the input inside is everybody's
    <div
      className={styles.drop}
      data-over={over ? '' : undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <Upload size={20} strokeWidth={1.5} aria-hidden="true" />
      <label htmlFor={id} className={styles.label}>
        {label}
      </label>
      {help !== undefined && <span className={styles.help}>{help}</span>}
      <input
        id={id}
        type="file"
        accept={accept}
        className={styles.input}
        onChange={(event) => {
          const file = event.target.files?.[0];
          if (file) onFile(file);
          event.target.value = '';
        }}
      />
      {chosen !== null && <span className={styles.help}>{say('file.chosen', { name: chosen })}</span>}
    </div>
  );
}
