import type { OrderLine } from '../../../../api/shapes/orders.js';
import { say } from '../../../strings/say.js';
import { type Shape, type Tone, WordChip } from '../../../ui/state-chip/state-chip.js';

const LOOK: Readonly<Record<OrderLine['tab'], { readonly tone: Tone; readonly shape: Shape }>> = {
  'to-ship': { tone: 'pending', shape: 'due' },
  shipped: { tone: 'live', shape: 'live' },
  waiting: { tone: 'excluded', shape: 'sent' },
  'by-channel': { tone: 'excluded', shape: 'foreign' },
  cancelled: { tone: 'removed', shape: 'removed' },
};

/** The tab an order is in, by what the channel says of it. */
export function tabOf({
  status,
  fulfilledBy,
}: {
  readonly status: string;
  readonly fulfilledBy: string;
}): OrderLine['tab'] {
  if (status === 'cancelled') return 'cancelled';
  if (fulfilledBy === 'channel') return 'by-channel';
  if (status === 'pending') return 'waiting';
  return status === 'shipped' ? 'shipped' : 'to-ship';
}

interface Props {
  readonly tab: OrderLine['tab'];
  /** Open exceptions: the order needs a person, whatever else it is. */
  readonly exceptions: number;
  readonly why?: string | null;
}

/** How an order stands: that it needs somebody comes first. */
export function OrderWord({ tab, exceptions, why }: Props) {
  if (exceptions > 0)
    return <WordChip tone="rejected" shape="rejected" word={say('orders.needs_you')} why={why} />;
  return <WordChip {...LOOK[tab]} word={say(`orders.word.${tab}`)} why={why} />;
}
