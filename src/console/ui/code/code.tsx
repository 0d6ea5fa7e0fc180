import { Check, Copy } from 'lucide-react';
import { useState } from 'react';
import { say } from '../../strings/say.js';
import { IconButton } from '../button/button.js';
import styles from './code.module.css';

interface Props {
  readonly children: string;
  /** With a button that copies it. */
  readonly copy?: boolean;
}

/** An identifier or expression: monospace, left to right in every language. */
export function Code({ children, copy }: Props) {
  return (
    <span className={styles.line}>
      <code dir="ltr" className={styles.code}>
        {children}
      </code>
      {copy && <CopyButton text={children} />}
    </span>
  );
}

/** Copies a text; says so for two seconds. */
export function CopyButton({ text }: { readonly text: string }) {
  const [done, setDone] = useState(false);
  if (!('clipboard' in navigator)) return null; // browsers lend it over https and on this machine only
  return (
    <IconButton
      small
      label={done ? say('common.copied') : say('common.copy')}
      icon={done ? <Check size={16} /> : <Copy size={16} />}
      onPress={() => {
        void navigator.clipboard.writeText(text).then(() => setDone(true));
        setTimeout(() => setDone(false), 2000);
      }}
    />
  );
}

/** A longer text as it was written or answered: scrolls inside its own focusable region. */
export function CodeBlock({ children, label }: { readonly children: string; readonly label: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section className={styles.block} aria-label={label} tabIndex={0}>
      <pre dir="ltr">{children}</pre>
    </section>
  );
}
