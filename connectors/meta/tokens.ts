import { createHash } from 'node:crypto';
import type { Host } from '../../src/channel/connector.js';
import { isJsonObject } from '../../src/domain/json.js';
import type { MetaSettings } from './settings.js';

/** The system user's token that is in use: that of the settings, or the one it was renewed to. */
export interface MetaTokens {
  current(): Promise<string>;
  /** Takes a renewed token into use, and keeps it. */
  renewedTo(token: string): Promise<void>;
}

const KEPT = 'renewed-token';
/** Another process of the house may have renewed it; the older one is good until its own end. */
const LOOK_EVERY_MS = 3_600_000;

/** The tokens of one channel. A token the operator puts into the settings is in use from then on, whatever was kept of an older one. */
export function metaTokens({ accessToken }: Pick<MetaSettings, 'accessToken'>, host: Host): MetaTokens {
  const from = createHash('sha256').update(accessToken).digest('hex').slice(0, 16);
  let known: { readonly token: string; readonly atMs: number } | null = null;
  return {
    async current() {
      const now = host.clock.monotonicMs();
      if (known !== null && now - known.atMs < LOOK_EVERY_MS) return known.token;
      const kept = await host.secrets?.read(KEPT);
      const token = tokenIn(kept ?? null, from) ?? accessToken;
      known = { token, atMs: now };
      return token;
    },
    async renewedTo(token) {
      await host.secrets?.keep(KEPT, JSON.stringify({ from, token }));
      known = { token, atMs: host.clock.monotonicMs() };
    },
  };
}

function tokenIn(kept: string | null, from: string): string | null {
  if (kept === null) return null;
  const value: unknown = JSON.parse(kept);
  return isJsonObject(value) && value.from === from && typeof value.token === 'string' ? value.token : null;
}
