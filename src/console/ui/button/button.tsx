import type { ReactNode } from 'react';
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from 'react-aria-components';
import { Tooltip } from '../tooltip/tooltip.js';
import styles from './button.module.css';

/** `primary`: the one thing a page is for, once per page. `danger`: cannot be called back. */
export type ButtonKind = 'primary' | 'normal' | 'quiet' | 'danger';

interface Props
  extends Pick<AriaButtonProps, 'onPress' | 'type' | 'autoFocus' | 'form' | 'aria-label' | 'slot'> {
  readonly kind?: ButtonKind;
  readonly icon?: ReactNode;
  /** Keeps its width and says that it works. */
  readonly pending?: boolean;
  /** Why it cannot be pressed: it stays visible and focusable, and says so on focus and hover. */
  readonly whyNot?: string | null | undefined;
  readonly wide?: boolean;
  readonly children?: ReactNode;
}

/** A button with words: verb and noun, with the number where there is one. */
export function Button({
  kind = 'normal',
  icon,
  pending = false,
  whyNot,
  wide,
  children,
  onPress,
  ...rest
}: Props) {
  const className = [styles.button, styles[kind], wide ? styles.wide : ''].join(' ');
  const inside = (
    <>
      {icon !== undefined && <span className={styles.icon}>{icon}</span>}
      <span className={styles.label}>{children}</span>
      {pending && <span className={styles.spinner} aria-hidden="true" />}
    </>
  );
  if (whyNot)
    return (
      <Tooltip text={whyNot}>
        <AriaButton {...rest} type="button" className={className} aria-disabled="true" data-refused="">
          {inside}
        </AriaButton>
      </Tooltip>
    );
  return (
    <AriaButton {...rest} {...(onPress ? { onPress } : {})} className={className} isPending={pending}>
      {inside}
    </AriaButton>
  );
}

interface IconProps extends Pick<AriaButtonProps, 'onPress' | 'slot' | 'aria-expanded' | 'aria-pressed'> {
  /** What it does, for assistive technology and the tooltip. */
  readonly label: string;
  readonly icon: ReactNode;
  readonly small?: boolean;
  /** Pressed by `[` and `]` from anywhere on the page. */
  readonly 'data-step'?: 'back' | 'on';
}

/** A button without words: Close, Copy, More, Search and arrows only. */
export function IconButton({ label, icon, small, ...rest }: IconProps) {
  return (
    <Tooltip text={label}>
      <AriaButton {...rest} aria-label={label} className={`${styles.iconOnly} ${small ? styles.small : ''}`}>
        {icon}
      </AriaButton>
    </Tooltip>
  );
}

/** The look of a button, for links that lead to another page. */
export function buttonClass(kind: ButtonKind = 'normal'): string {
  return `${styles.button} ${styles[kind]}`;
}
