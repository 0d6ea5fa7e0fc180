import { CircleAlert, Info, RotateCw, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { ApiProblem } from '../../app/call.js';
import { moment } from '../../strings/formats.js';
import { say } from '../../strings/say.js';
import { Button } from '../button/button.js';
import { Code } from '../code/code.js';
import styles from './notice.module.css';

interface NoticeProps {
  /** `problem` only when a person must act. */
  readonly tone: 'note' | 'warning' | 'problem';
  readonly children: ReactNode;
  readonly action?: ReactNode;
}

/** A band with a sentence and, where there is something to do, one button. */
export function Notice({ tone, children, action }: NoticeProps) {
  const Icon = tone === 'note' ? Info : tone === 'warning' ? TriangleAlert : CircleAlert;
  return (
    <div className={`${styles.notice} ${styles[tone]}`} role={tone === 'problem' ? 'alert' : 'note'}>
      <Icon size={20} strokeWidth={1.5} aria-hidden="true" className={styles.icon} />
      <div className={styles.words}>{children}</div>
      {action}
    </div>
  );
}

interface EmptyProps {
  /** One sentence of use, or that none is good news. */
  readonly title: string;
  readonly children?: ReactNode;
  readonly action?: ReactNode;
}

/** Nothing is here yet, or nothing matches: said with what to do next. Never shown for a failed read. */
export function EmptyState({ title, children, action }: EmptyProps) {
  return (
    <div className={styles.empty}>
      <svg width="88" height="56" viewBox="0 0 88 56" aria-hidden="true" className={styles.drawing}>
        <path d="M8 12h72M8 28h72M8 44h72" />
        <circle cx="24" cy="12" r="5" />
        <circle cx="58" cy="28" r="5" />
        <circle cx="36" cy="44" r="5" />
      </svg>
      <p className={styles.emptyTitle}>{title}</p>
      {children !== undefined && <p className={styles.emptyText}>{children}</p>}
      {action}
    </div>
  );
}

interface ErrorProps {
  readonly error: unknown;
  retry(): void;
  /** Instant of the figures that are still shown, when there are any. */
  readonly staleSince?: string | null;
}

/** A read that failed: what failed, whether older figures are shown, Retry, and the code to quote. */
export function LoadError({ error, retry, staleSince = null }: ErrorProps) {
  const { title, advice, code } = wordsOf(error);
  return (
    <Notice
      tone="warning"
      action={
        <Button icon={<RotateCw size={16} />} onPress={retry}>
          {say('common.retry')}
        </Button>
      }
    >
      <p className={styles.strong}>{title}</p>
      <p>
        {staleSince !== null && `${say('load.stale', { at: moment(staleSince) })} `}
        {advice} <Code>{code}</Code>
      </p>
    </Notice>
  );
}

function wordsOf(error: unknown): { title: string; advice: string; code: string } {
  if (error instanceof ApiProblem) return { title: error.message, advice: error.advice, code: error.quote };
  return { title: say('load.unreachable'), advice: say('load.unreachable_advice'), code: 'unreachable' };
}
