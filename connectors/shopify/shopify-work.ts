import type { Host } from '../../src/channel/connector.js';
import type { AdminClient } from './client.js';
import type { ShopifySettings } from './settings.js';

/** What every port of one shop works with. */
export interface ShopifyWork {
  readonly client: AdminClient;
  readonly settings: ShopifySettings;
  readonly host: Host;
}

/** Something asked once per process; a failure is asked again the next time. */
export function askedOnce<Answer>(ask: () => Promise<Answer>): () => Promise<Answer> {
  let held: Promise<Answer> | null = null;
  return () => {
    held ??= ask().catch((error: unknown) => {
      held = null;
      throw error;
    });
    return held;
  };
}
