import { say } from '../../../strings/say.js';
import { WordChip } from '../../../ui/state-chip/state-chip.js';

/** Whether a webhook is told what happens. */
export function Standing({ active }: { readonly active: boolean }) {
  return active ? (
    <WordChip tone="live" shape="live" word={say('webhooks.active')} />
  ) : (
    <WordChip tone="excluded" shape="excluded" word={say('webhooks.stands')} why={say('webhook.stop_text')} />
  );
}
