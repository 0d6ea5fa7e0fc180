import type { Setup } from '../../../../api/shapes/setup.js';
import type { ConnectorRow } from '../../../app/channels.js';

/** What each step of a draft is given. */
export interface StepProps {
  readonly connector: ConnectorRow;
  readonly setup: Setup;
  /** Goes to the step after this one; what the server answered is at hand. */
  onDone(): void;
  onBack: (() => void) | null;
}
