import type { ComponentType } from 'react';

/** What the editor of a source is given. */
export interface SourceProps {
  readonly text: string;
  /** The attribute it is for: its allowed values are offered. */
  readonly attribute?: string | undefined;
  onChange(text: string): void;
}

/** The editor of a source, handed to the parts it is made of. */
export type SourceField = ComponentType<SourceProps>;
