import type { VendureSettings } from './settings.js';

/** What every call carries. */
export interface Session {
  headers(): Promise<Readonly<Record<string, string>>>;
  /** After a refusal: true when another try with a new session makes sense, false with a key, which does not end by itself. */
  renew(): boolean;
}

/** With an API key there is nothing to keep; with an administrator one session is opened and used by all calls until the shop ends it. */
export function sessionOf(settings: VendureSettings, login: () => Promise<string>): Session {
  const { apiKey } = settings;
  if (apiKey !== undefined)
    return { headers: () => Promise.resolve({ 'vendure-api-key': apiKey }), renew: () => false };
  let opened: Promise<string> | null = null;
  return {
    async headers() {
      const mine = opened ?? login();
      opened = mine;
      try {
        return { authorization: `Bearer ${await mine}` };
      } catch (error) {
        if (opened === mine) opened = null; // the next call tries again
        throw error;
      }
    },
    renew() {
      opened = null;
      return true;
    },
  };
}
