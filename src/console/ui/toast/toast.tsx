import { X } from 'lucide-react';
import {
  Button as AriaButton,
  UNSTABLE_Toast as AriaToast,
  Text,
  UNSTABLE_ToastContent as ToastContent,
  UNSTABLE_ToastQueue as ToastQueue,
  UNSTABLE_ToastRegion as ToastRegion,
} from 'react-aria-components';
import { say } from '../../strings/say.js';
import { Button } from '../button/button.js';
import styles from './toast.module.css';

/** A short remark about what just happened; never the only trace of an important fact. */
export interface Remark {
  readonly text: string;
  /** Takes back what was done. */
  readonly undo?: () => void;
  /** Something did not work: it stays until it is closed. */
  readonly failed?: boolean;
}

const queue = new ToastQueue<Remark>({ maxVisibleToasts: 3 });

/** How long a remark can be answered with Undo; hover and focus make it wait. */
const SHOWN_MS = 10_000;

/** Shows a remark. The kit's toast is not yet stable: this file is the only one that knows it. */
export function remark(what: Remark): void {
  queue.add(what, what.failed ? {} : { timeout: SHOWN_MS });
}

/** Where remarks appear; F6 leads there. Once, in the shell. */
export function Toasts() {
  return (
    <ToastRegion queue={queue} className={styles.region ?? ''} aria-label={say('toast.region')}>
      {({ toast }) => (
        <AriaToast toast={toast} className={`${styles.toast} ${toast.content.failed ? styles.failed : ''}`}>
          <ToastContent className={styles.content ?? ''}>
            <Text slot="title">{toast.content.text}</Text>
          </ToastContent>
          {toast.content.undo && (
            <Button
              kind="quiet"
              onPress={() => {
                toast.content.undo?.();
                queue.close(toast.key);
              }}
            >
              {say('common.undo')}
            </Button>
          )}
          <AriaButton slot="close" aria-label={say('common.close')} className={styles.close ?? ''}>
            <X size={16} />
          </AriaButton>
        </AriaToast>
      )}
    </ToastRegion>
  );
}
