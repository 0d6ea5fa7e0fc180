import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { say } from '../../strings/say.js';
import { Button, IconButton } from '../button/button.js';
import styles from './dialog.module.css';

interface Props {
  readonly title: string;
  readonly open: boolean;
  onClose(): void;
  readonly children: ReactNode;
  /** The buttons. Without: the dialog has a close button in its head. */
  readonly actions?: ReactNode;
  /** `wide`: for texts side by side. `sheet`: from the inline end or, on a telephone, from below (filters, menus). */
  readonly as?: 'dialog' | 'sheet' | 'wide';
}

/** A dialog over the page. Escape closes it and gives the focus back. */
export function Dialog({ title, open, onClose, children, actions, as = 'dialog' }: Props) {
  return (
    <ModalOverlay
      isOpen={open}
      onOpenChange={(next) => {
        if (!next) onClose();
      }}
      isDismissable={actions === undefined}
      className={styles.veil ?? ''}
      data-as={as}
    >
      <Modal className={`${styles.modal} ${styles[as]}`}>
        <AriaDialog className={styles.frame ?? ''}>
          <header className={styles.head}>
            <Heading slot="title" level={2}>
              {title}
            </Heading>
            <IconButton label={say('common.close')} icon={<X size={20} />} onPress={onClose} />
          </header>
          <div className={styles.body}>{children}</div>
          {actions !== undefined && <footer className={styles.actions}>{actions}</footer>}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

interface ConfirmProps {
  /** Names the object and the number: "Remove 212 listings from Google US?". */
  readonly title: string;
  /** What happens, and to whom. */
  readonly consequence: ReactNode;
  /** Repeats the verb and the number. */
  readonly verb: string;
  readonly open: boolean;
  readonly pending?: boolean;
  readonly danger?: boolean;
  /** What keeps it from being pressed, in words. */
  readonly whyNot?: string | null;
  onConfirm(): void;
  onClose(): void;
}

/** Asks before what cannot be called back. The focus starts on Cancel. */
export function Confirm({
  title,
  consequence,
  verb,
  open,
  pending,
  danger = true,
  whyNot,
  onConfirm,
  onClose,
}: ConfirmProps) {
  const actions = (
    <>
      <Button autoFocus onPress={onClose}>
        {say('common.cancel')}
      </Button>
      <Button
        kind={danger ? 'danger' : 'primary'}
        pending={pending ?? false}
        whyNot={whyNot}
        onPress={onConfirm}
      >
        {verb}
      </Button>
    </>
  );
  return (
    <Dialog title={title} open={open} onClose={onClose} actions={actions}>
      {consequence}
    </Dialog>
  );
}
