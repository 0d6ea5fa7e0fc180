import type { App } from '../../app.js';
import { isJsonObject, type JsonObject } from '../../domain/json.js';
import { markPractice } from '../../setup/practice-channels.js';
import { mergePatch, splitSecrets } from '../../setup/secret-settings.js';
import {
  addPart,
  changePart,
  dropPart,
  openSecrets,
  type StoredPart,
  sealSecrets,
  storedParts,
} from '../../setup/stored-parts.js';
import { checkFindings } from '../check-findings.js';
import { noSuch, Refusal } from '../problem.js';
import { type Call, event, nothing, route, stream } from '../route.js';
import { changeable, groupOf, refuseInFile, refuseMistakes, setupOf } from '../setup-view.js';
import { list, object, text, yesNo } from '../shape.js';
import { draft, finding, newChannel, setup, setupChange } from '../shapes/setup.js';

const params = object({ channel: text(63) });

/** Members of a channel that are set up here; what names files stays with the file. */
const MEMBERS = [
  'country',
  'language',
  'currency',
  'zone',
  'settings',
  'params',
  'stock',
  'guard',
  'orders',
  'adopt',
  'heal',
];

/** Connecting channels: drafts, changes, checks, start and end. */
export const channelSetupRoutes = [
  route({
    method: 'POST',
    path: '/channels',
    permission: 'channels:write',
    summary: 'Begins to connect a channel: a draft that nothing is sent to.',
    body: newChannel,
    answer: setup,
    status: 201,
    async handle(call) {
      const { app, body, now } = call;
      refuseInFile(app, 'channels', body.id);
      if (!app.connectors.has(body.connector)) throw noSuch('connector', body.connector);
      const part = {
        kind: 'channels' as const,
        id: body.id,
        state: 'draft' as const,
        step: null,
        sealed: null,
        changedAt: now,
        changedBy: by(call),
      };
      const empty = { ...part, body: { connector: body.connector }, revision: 1 };
      const practice = body.practice === true;
      // The name first: a simulator is not started for one that is taken.
      await addPart(app.database, await filledIn(app, empty, body.values ?? {}));
      if (practice) await practise(app, empty, body.values ?? {});
      call.note({ object: `channel ${body.id}`, after: { connector: body.connector, practice } });
      return setupOf(app, 'channels', body.id);
    },
  }),
  route({
    method: 'GET',
    path: '/drafts',
    permission: 'channels:read',
    summary: 'Lists channels somebody began to connect, with the step where they were left.',
    answer: object({ drafts: list(draft) }),
    async handle({ app }) {
      const parts = (await storedParts(app.database)).filter(
        ({ kind, state }) => kind === 'channels' && state === 'draft',
      );
      const drafts = parts.map(({ id, body, step, changedAt, changedBy }) => {
        const connector = String(body.connector);
        const title = app.connectors.has(connector) ? app.connectors.get(connector).title : connector;
        return { id, connector, title, step, changedAt, changedBy };
      });
      return { drafts };
    },
  }),
  route({
    method: 'GET',
    path: '/channels/:channel/setup',
    permission: 'channels:read',
    summary: 'Shows how a channel is set up, without its secrets, and what is not right yet.',
    params,
    answer: setup,
    handle: ({ app, params: at }) => setupOf(app, 'channels', at.channel),
  }),
  route({
    method: 'PATCH',
    path: '/channels/:channel/setup',
    permission: 'channels:write',
    summary: 'Changes how a channel is set up; one in use must stay without mistakes.',
    params,
    body: setupChange,
    answer: setup,
    async handle(call) {
      const { app, params: at, body, now } = call;
      const part = { ...(await changeable(app, 'channels', at.channel)), revision: body.revision };
      const changed = {
        ...(await filledIn(app, part, body.values ?? {})),
        changedAt: now,
        changedBy: by(call),
        step: body.step === undefined ? part.step : body.step,
      };
      if (part.state === 'active') refuseMistakes((await app.tryPart(changed)).mistakes, part);
      await changePart(app.database, changed);
      await app.reload();
      call.note({ object: `channel ${part.id}`, before: part.body, after: changed.body });
      return setupOf(app, 'channels', part.id);
    },
  }),
  route({
    method: 'POST',
    path: '/channels/:channel/check',
    permission: 'channels:write',
    summary: 'Asks the channel whether it can be worked with, draft or not; findings come one by one.',
    params,
    answer: stream({ finding, done: object({ ok: yesNo() }) }),
    repeatable: true,
    async *handle({ app, params: at }) {
      let ok = true;
      for await (const found of checkFindings(app, at.channel)) {
        ok = ok && found.severity !== 'error';
        yield event('finding', found);
      }
      yield event('done', { ok });
    },
  }),
  route({
    method: 'POST',
    path: '/channels/:channel/start',
    permission: 'channels:write',
    summary: 'Takes a draft into use: from now on it is kept in step.',
    params,
    answer: setup,
    async handle(call) {
      const { app, params: at, now } = call;
      const part = await changeable(app, 'channels', at.channel);
      const started = { ...part, state: 'active' as const, step: null, changedAt: now, changedBy: by(call) };
      refuseMistakes((await app.tryPart(started)).mistakes, part);
      await changePart(app.database, started);
      await app.reload();
      for (const job of ['reconcile', 'check']) await app.queue.wake(job, part.id);
      call.note({ object: `channel ${part.id}`, before: { state: part.state }, after: { state: 'active' } });
      return setupOf(app, 'channels', part.id);
    },
  }),
  route({
    method: 'POST',
    path: '/channels/:channel/disconnect',
    permission: 'channels:write',
    summary:
      'Forgets how a channel is connected. Its listings stay online as they are; nothing is sent to it any more.',
    params,
    answer: nothing,
    async handle(call) {
      const { app, params: at } = call;
      const part = await changeable(app, 'channels', at.channel);
      await app.disconnect(part.id);
      call.note({ object: `channel ${part.id}`, before: part.body });
      return undefined;
    },
  }),
];

/** Settings, credentials and market of a simulator of its own, under what the person said. One that cannot be started leaves no draft. */
async function practise(app: App, empty: StoredPart, values: JsonObject): Promise<void> {
  try {
    const { settings, market } = await app.practice.open(empty.id, String(empty.body.connector));
    const told = { ...market, ...values, settings: { ...settings, ...groupOf(values.settings) } };
    await changePart(app.database, await filledIn(app, empty, told));
    await markPractice(app.database, empty.id);
  } catch (error) {
    await dropPart(app.database, 'channels', empty.id);
    await app.practice.close(empty.id);
    throw error;
  }
}

function by({ caller }: Pick<Call, 'caller'>): string {
  return caller?.name ?? 'operator';
}

/** The part with a merge patch applied; secrets go into the sealed half. */
async function filledIn(app: App, part: StoredPart, values: JsonObject): Promise<StoredPart> {
  const foreign = Object.keys(values).filter((name) => !MEMBERS.includes(name));
  if (foreign.length > 0)
    throw new Refusal(
      422,
      'not_set_up_here',
      `This is not set up here: ${foreign.join(', ')}.`,
      'Write it into omnifeed.yaml.',
      foreign.map((name) => ({ pointer: `/${name}`, message: 'is not set up here', advice: null })),
    );
  const schema = app.connectors.get(String(part.body.connector)).settingsSchema;
  const { open, secret } = splitSecrets(groupOf(values.settings), schema);
  refuseFarFiles(open, schema);
  const body = mergePatch(part.body, {
    ...values,
    ...(values.settings === undefined ? {} : { settings: open }),
  });
  if (Object.keys(secret).length === 0) return { ...part, body };
  const sealer = await app.sealer();
  return { ...part, body, sealed: sealSecrets(mergePatch(openSecrets(part, sealer), secret), part, sealer) };
}

/** Files that are named from a browser stay below the folder of the configuration. */
function refuseFarFiles(settings: JsonObject, schema: JsonObject, at = '/settings'): void {
  const properties = groupOf(schema.properties);
  for (const [name, value] of Object.entries(settings)) {
    const about = groupOf(properties[name]);
    if (isJsonObject(value)) refuseFarFiles(value, about, `${at}/${name}`);
    if (about.format !== 'file-path' || typeof value !== 'string') continue;
    if (/^([\\/]|[a-z]:)|(^|[\\/])\.\.([\\/]|$)/i.test(value))
      throw new Refusal(
        422,
        'file_outside',
        `The file ${value.slice(0, 100)} is outside of the folder.`,
        'Name a file below the folder of omnifeed.yaml.',
        [{ pointer: `${at}/${name}`, message: 'is outside of the folder', advice: null }],
      );
  }
}
