import type { App } from '../../app.js';
import type { Connector } from '../../channel/connector.js';
import { lists } from '../../channel/listing-connector.js';
import type { ChannelConfig } from '../../config/config.js';
import type { JsonObject } from '../../domain/json.js';
import { isJsonObject } from '../../domain/json.js';
import { openProblems } from '../../problems/problems.js';
import { nextTick } from '../../queue/schedule.js';
import { schedulesOf } from '../../start.js';
import { readChannelState } from '../../sync/channel-state.js';
import { outletOf } from '../../sync/outlet.js';
import { channelCounts } from '../../sync/records.js';
import { standingOf } from '../../views/overview.js';
import { paramsSchema } from '../params-schema.js';
import { route } from '../route.js';
import { list, object, text } from '../shape.js';
import {
  CAPABILITIES,
  type ChannelRow,
  type Connectors,
  channel,
  channelRow,
  connectors,
} from '../shapes/channels.js';
import { isPractice, listingChannels } from '../watched-channels.js';

/** Channels as they are set up and stand, never their secrets; and what can be connected. */
export const channelRoutes = [
  route({
    method: 'GET',
    path: '/channels',
    permission: 'channels:read',
    summary: 'Lists channels and shops with their health, numbers and what they can do.',
    answer: object({ channels: list(channelRow) }),
    async handle({ app, now }) {
      const channels = [];
      for (const config of app.config.channels) channels.push(await rowOf(app, config, now));
      return { channels };
    },
  }),
  route({
    method: 'GET',
    path: '/channels/:channel',
    permission: 'channels:read',
    summary: 'Shows a channel: its settings without secrets, its share of stock, and its schedules.',
    params: object({ channel: text(200) }),
    answer: channel,
    async handle({ app, params, now }) {
      const config = app.channel(params.channel);
      const schema = app.connectors.get(config.connector).settingsSchema;
      return {
        ...(await rowOf(app, config, now)),
        zone: config.zone,
        ...openSettings(config.settings, schema),
        stock: JSON.parse(JSON.stringify(config.stock)) as JsonObject,
        orders: JSON.parse(JSON.stringify(config.orders)) as JsonObject,
        schedules: schedulesOf(app)
          .filter(({ key }) => key === config.id)
          .map((each) => ({
            id: each.id,
            job: each.job,
            cron: each.cron,
            zone: each.zone,
            next: nextTick(each, now),
          })),
      };
    },
  }),
  route({
    method: 'GET',
    path: '/connectors',
    permission: 'channels:read',
    summary: 'Lists what can be connected, with the settings each asks for.',
    answer: connectors,
    handle: async ({ app }) => ({ connectors: await Promise.all(app.connectors.all().map(connectorRow)) }),
  }),
];

async function connectorRow(connector: Connector): Promise<Connectors['connectors'][number]> {
  const { id, title, guide, settingsSchema, simulator } = connector;
  const steps = guide?.steps.map(({ shows = null, action = null, ...step }) => ({ ...step, shows, action }));
  return {
    id,
    title,
    lists: lists(connector),
    simulator: simulator !== undefined,
    settingsSchema,
    params: lists(connector) ? await paramsSchema(id) : {},
    guide:
      guide === undefined || steps === undefined ? null : { ...guide, sells: guide.sells === true, steps },
  };
}

async function rowOf(app: App, config: ChannelConfig, now: string): Promise<ChannelRow> {
  const { id, connector, country, language, currency } = config;
  const open = app.open(id);
  const watched = listingChannels(app).find((each) => each.id === id);
  const problems = await openProblems(app.database, id);
  const state = await readChannelState(app.database, id);
  const outlet = outletOf(state);
  const standing = watched === undefined ? null : await standingOf(app.database, watched, { problems, now });
  return {
    id,
    connector,
    title: app.connectors.get(connector).title,
    practice: isPractice(config),
    country,
    language,
    currency,
    capabilities: CAPABILITIES.filter((port) => open[port] !== undefined),
    paused: standing?.health.word === 'paused' ? standing.health.because : null,
    sends: typeof outlet === 'string' ? { to: outlet, first: null } : { to: 'first', first: outlet.first },
    leaving:
      state.leaving_at === null
        ? null
        : {
            at: state.leaving_at,
            by: state.leaving_by,
            left: (await channelCounts(app.database, id)).owned,
          },
    standing,
  };
}

/** Members the schema calls secret are left out, whatever they hold; their names say that they are set. */
function openSettings(
  settings: JsonObject,
  schema: JsonObject,
): { readonly settings: JsonObject; readonly secrets: readonly string[] } {
  const properties = isJsonObject(schema.properties) ? schema.properties : {};
  const known = (name: string): JsonObject => {
    const member = properties[name];
    return isJsonObject(member) ? member : { writeOnly: true };
  };
  const secret = (name: string): boolean => hasSecret(known(name));
  const names = Object.keys(settings);
  return {
    settings: Object.fromEntries(names.filter((name) => !secret(name)).map((name) => [name, settings[name]])),
    secrets: names.filter(secret),
  };
}

/** A member that holds a secret anywhere inside is not shown at all. */
function hasSecret(schema: JsonObject): boolean {
  return JSON.stringify(schema).includes('"writeOnly":true');
}
