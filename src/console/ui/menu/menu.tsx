import type { ReactNode } from 'react';
import { Menu as AriaMenu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';
import styles from './menu.module.css';

/** One line of a menu. */
export interface MenuChoice {
  readonly id: string;
  readonly label: string;
  readonly icon?: ReactNode;
  /** Cannot be called back. */
  readonly danger?: boolean;
  /** Leads to another page. */
  readonly href?: string;
  onAction?(): void;
}

interface Props {
  readonly label: string;
  /** The button that opens it. */
  readonly trigger: ReactNode;
  readonly choices: readonly MenuChoice[];
}

/** A menu under its button. */
export function Menu({ label, trigger, choices }: Props) {
  return (
    <MenuTrigger>
      {trigger}
      <Popover className={styles.popover ?? ''} offset={4} placement="bottom end">
        <AriaMenu aria-label={label} className={styles.menu ?? ''}>
          {choices.map(({ id, label: text, icon, danger, href, onAction }) => (
            <MenuItem
              key={id}
              id={id}
              textValue={text}
              className={`${styles.item} ${danger ? styles.danger : ''}`}
              {...(href === undefined ? {} : { href })}
              {...(onAction ? { onAction } : {})}
            >
              {icon}
              <span>{text}</span>
            </MenuItem>
          ))}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  );
}
