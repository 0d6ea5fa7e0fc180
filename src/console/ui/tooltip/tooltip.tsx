import type { ReactElement } from 'react';
import { Tooltip as AriaTooltip, Focusable, TooltipTrigger } from 'react-aria-components';
import styles from './tooltip.module.css';

interface Props {
  readonly text: string;
  /** A button or link of the kit, or (with `plain`) any element that can take focus. */
  readonly children: ReactElement;
}

/** A remark on focus and hover. Never the only place of a fact. */
export function Tooltip({ text, children }: Props) {
  return (
    <TooltipTrigger delay={400} closeDelay={80}>
      {children}
      <AriaTooltip className={styles.tooltip ?? ''} offset={6}>
        {text}
      </AriaTooltip>
    </TooltipTrigger>
  );
}

/** The same for a native element: it must be focusable (a link, or an element with a tab index and a role). */
export function NativeTooltip({ text, children }: Props) {
  return (
    <Tooltip text={text}>
      <Focusable>{children as ReactElement<never, string>}</Focusable>
    </Tooltip>
  );
}
