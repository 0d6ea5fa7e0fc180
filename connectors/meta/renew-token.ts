import type { Host } from '../../src/channel/connector.js';
import { ChannelError, OmnifeedError } from '../../src/domain/errors.js';
import { epochMs, instantOf } from '../../src/domain/instant.js';
import type { Issue } from '../../src/domain/issue.js';
import type { JsonObject } from '../../src/domain/json.js';
import { appToken } from './auth.js';
import type { Graph } from './graph.js';
import type { MetaSettings } from './settings.js';
import type { MetaTokens } from './tokens.js';

/** Half of its 60 days: a month of failed attempts before anything stops. */
const RENEW_BEFORE_MS = 30 * 86_400_000;

/**
 * Exchanges a token that ends within 30 days for one of another 60 (Graph `fb_exchange_token`). That exchange is general knowledge of the
 * platform, not verified against Meta's documentation (as of 2026-11). One that does not end is left alone. Answers what a person must know: that it
 * could not be renewed, and why.
 */
export async function renewToken(
  facts: JsonObject,
  of: {
    readonly settings: MetaSettings;
    readonly graph: Graph;
    readonly tokens: MetaTokens;
    readonly host: Host;
  },
): Promise<{ readonly renewed: boolean; readonly issues: readonly Issue[] }> {
  const { settings, graph, tokens, host } = of;
  const endsMs = typeof facts.expires_at === 'number' ? facts.expires_at * 1_000 : 0;
  const due = endsMs > 0 && endsMs - epochMs(host.clock.now()) < RENEW_BEFORE_MS;
  const app = appToken(settings);
  if (!due || facts.is_valid !== true || app === null || host.secrets === undefined)
    return { renewed: false, issues: [] };
  try {
    const reply = await graph.call({
      operation: 'oauth/access_token',
      method: 'GET',
      path: 'oauth/access_token',
      token: app,
      query: {
        grant_type: 'fb_exchange_token',
        client_id: settings.appId ?? '',
        client_secret: settings.appSecret ?? '',
        set_token_expires_in_60_days: 'true',
        fb_exchange_token: await tokens.current(),
      },
      lane: 'management',
    });
    const token = reply.access_token;
    if (typeof token !== 'string' || token === '') throw withoutToken();
    await tokens.renewedTo(token);
    host.log.info({ channel: host.channel.id, endedOn: instantOf(endsMs) }, 'token renewed for 60 days');
    return { renewed: true, issues: [] };
  } catch (error) {
    if (!(error instanceof OmnifeedError)) throw error;
    const day = instantOf(endsMs).slice(0, 10);
    return {
      renewed: false,
      issues: [
        {
          severity: 'warning',
          code: 'token_not_renewed',
          origin: 'channel',
          message: `The token ends on ${day} and could not be renewed: ${error.message}`,
          advice:
            'It is tried again every six hours. If it stays so, generate a new token for the system user in Business settings and put it into the settings.',
        },
      ],
    };
  }
}

function withoutToken(): ChannelError {
  return new ChannelError('Meta answered without a token', {
    code: 'unreadable_answer',
    kind: 'ambiguous',
    owner: 'channel',
    advice: 'It is tried again by itself.',
  });
}
