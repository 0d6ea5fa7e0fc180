import type { FormEvent, ReactNode } from 'react';
import { ApiProblem } from '../../app/call.js';
import { say } from '../../strings/say.js';
import { Code } from '../code/code.js';
import { Notice } from '../notice/notice.js';
import styles from './form.module.css';

interface Props {
  /** What the server said about the last try; null: nothing. Members it names are shown at their fields with `fieldError`. */
  readonly error: unknown;
  onSubmit(): void;
  readonly children: ReactNode;
  /** The buttons, the primary one last. */
  readonly actions: ReactNode;
}

/** A form: fields, what is wrong on top, buttons below. The server checks; nothing that was typed is lost. */
export function Form({ error, onSubmit, children, actions }: Props) {
  return (
    <form
      className={styles.form}
      noValidate
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        onSubmit();
      }}
    >
      {error !== null && <Refused error={error} />}
      {children}
      <div className={styles.actions}>{actions}</div>
    </form>
  );
}

/** Fields side by side where there is room. */
export function FieldPair({ children }: { readonly children: ReactNode }) {
  return <div className={styles.pair}>{children}</div>;
}

/** What the server said about one member, by its JSON pointer. */
export function fieldError(error: unknown, pointer: string): string | null {
  if (!(error instanceof ApiProblem)) return null;
  const found = error.pointers.find((each) => each.pointer === pointer);
  return found ? [found.message, found.advice].filter(Boolean).join(' ') : null;
}

/** What the server said, as a band: title, what to do, the code to quote. */
export function Refused({ error }: { readonly error: unknown }) {
  if (!(error instanceof ApiProblem))
    return (
      <Notice tone="problem">
        {say('load.unreachable')} {say('load.unreachable_advice')}
      </Notice>
    );
  return (
    <Notice tone="problem">
      {error.message} {error.advice} {error.status >= 500 && <Code>{error.quote}</Code>}
    </Notice>
  );
}
