import type { App } from '../../app.js';
import { diffSentences } from '../../mapping/diff-sentences.js';
import { LIMITS } from '../../mapping/limits.js';
import { lineDiff } from '../../mapping/line-diff.js';
import { askForPublication, dropDraft, readDraft, saveDraft } from '../../workbench/drafts.js';
import type { MappingDesk } from '../../workbench/mapping-desk.js';
import { failingTests } from '../../workbench/mapping-tests.js';
import { publishDraft, startingText } from '../../workbench/publish.js';
import { currentText, versionsOf, versionText } from '../../workbench/versions.js';
import { authorOf, expectedOf, listingChannels, saving, wakeAll } from '../mapping-calls.js';
import { nothing, route } from '../route.js';
import { described, integer, list, nullable, object, oneOf, optional, text, yesNo } from '../shape.js';
import { impactTotals, mapping, mappingLine, textVersion } from '../shapes/mappings.js';

const params = object({ channel: text(100) });
const comment = text(2_000);

async function lineOf(app: App, channel: string) {
  const desk = await app.mappingDesk(channel);
  const { number } = await currentText(desk.database, desk.home.mapping, desk.clock.now());
  const [latest] = await versionsOf(desk.database, desk.home.mapping.name, 1);
  const draft = await readDraft(desk.database, desk.home.mapping.name);
  return {
    channel,
    connector: desk.connector.id,
    version: number,
    at: latest?.at ?? null,
    draft:
      draft === null
        ? null
        : { revision: draft.revision, author: draft.author, at: draft.at, askedBy: draft.askedBy },
  };
}

async function answerOf(desk: MappingDesk) {
  const { home, connector, database } = desk;
  const { text: starting, base } = await startingText(desk);
  return {
    channel: home.channel,
    connector: connector.id,
    document: home.mapping.name,
    hasFile: home.mapping.file !== null,
    version: base,
    text: starting,
    defaultText: desk.place.sources?.readMapping('default', connector.id)?.text ?? null,
    draft: await readDraft(database, home.mapping.name),
  };
}

/** Mappings with their drafts and versions. */
export const mappingRoutes = [
  route({
    method: 'GET',
    path: '/mappings',
    permission: 'mappings:read',
    summary: 'Lists the mapping of every channel that is told listings.',
    answer: object({ items: list(mappingLine) }),
    async handle({ app }) {
      const items = [];
      for (const channel of listingChannels(app)) items.push(await lineOf(app, channel));
      return { items };
    },
  }),
  route({
    method: 'GET',
    path: '/mappings/:channel',
    permission: 'mappings:read',
    summary: 'Answers what is published and the draft somebody works on.',
    params,
    answer: mapping,
    async handle({ app, params, setHeader }) {
      const answer = await answerOf(await app.mappingDesk(params.channel));
      setHeader('etag', `"${answer.draft?.revision ?? 0}"`);
      return answer;
    },
  }),
  route({
    method: 'PUT',
    path: '/mappings/:channel/draft',
    permission: 'mappings:write',
    summary: 'Saves the draft, errors and all; `If-Match` names the revision it began from.',
    params,
    body: object({
      text: text(LIMITS.fileCharacters),
      base: described(
        optional(integer({ min: 0, max: 1_000_000 })),
        'The version whose changes the draft has taken over; absent: as before.',
      ),
    }),
    limits: { bodyBytes: 1_048_576 },
    answer: object({ revision: integer() }),
    async handle({ app, params, body, headers, caller, now, setHeader, note }) {
      const desk = await app.mappingDesk(params.channel);
      const document = desk.home.mapping.name;
      const known = await readDraft(desk.database, document);
      const base = body.base ?? known?.base ?? (await startingText(desk)).base;
      const save = {
        text: body.text,
        base,
        expected: expectedOf(headers),
        author: authorOf(caller),
        at: now,
      };
      const revision = await saving(() => saveDraft(desk.database, document, save));
      note({ object: `draft of mapping ${params.channel}`, after: { revision } });
      setHeader('etag', `"${revision}"`);
      return { revision };
    },
  }),
  route({
    method: 'DELETE',
    path: '/mappings/:channel/draft',
    permission: 'mappings:write',
    summary: 'Throws the draft away.',
    params,
    answer: nothing,
    async handle({ app, params, note }) {
      const desk = await app.mappingDesk(params.channel);
      await dropDraft(desk.database, desk.home.mapping.name);
      note({ object: `draft of mapping ${params.channel}` });
      return undefined;
    },
  }),
  route({
    method: 'POST',
    path: '/mappings/:channel/draft/ask',
    permission: 'mappings:write',
    summary: 'Asks somebody else to publish the draft.',
    params,
    body: object({ revision: integer({ min: 1, max: 1_000_000_000 }), comment }),
    answer: nothing,
    async handle({ app, params, body, caller, note }) {
      const desk = await app.mappingDesk(params.channel);
      const asked = { ...body, by: authorOf(caller) };
      await saving(() => askForPublication(desk.database, desk.home.mapping.name, asked));
      note({ object: `draft of mapping ${params.channel}`, after: { asked: true } });
      return undefined;
    },
  }),
  route({
    method: 'POST',
    path: '/mappings/:channel/publish',
    permission: 'mappings:publish',
    summary: 'Makes the draft the mapping: checked, tested and within the guards.',
    params,
    body: object({
      revision: integer({ min: 1, max: 1_000_000_000 }),
      comment,
      checksum: described(
        optional(text(100)),
        'Of the impact that was seen; releases what a guard holds, for approvers.',
      ),
      despiteTests: described(optional(yesNo()), 'Although tests fail; for approvers.'),
    }),
    answer: object({ version: integer(), totals: impactTotals, checksum: text() }),
    async handle({ app, params, body, caller, signal, note }) {
      const desk = await app.mappingDesk(params.channel);
      const approves = caller?.permissions.has('plans:approve') ?? false;
      const published = await saving(() =>
        publishDraft(
          desk,
          {
            revision: body.revision,
            comment: body.comment,
            by: authorOf(caller),
            signal,
            ...(approves && body.checksum !== undefined ? { checksum: body.checksum } : {}),
            ...(approves && body.despiteTests === true ? { despiteTests: true } : {}),
          },
          failingTests,
        ),
      );
      await wakeAll(app);
      const { version, impact } = published;
      note({ object: `mapping ${params.channel}`, after: { version, comment: body.comment } });
      return { version, totals: impact.totals, checksum: impact.checksum };
    },
  }),
  route({
    method: 'GET',
    path: '/mappings/:channel/versions',
    permission: 'mappings:read',
    summary: 'Lists who changed the mapping when, newest first.',
    params,
    query: object({ limit: optional(integer({ min: 1, max: 500, otherwise: 50 })) }),
    answer: object({ items: list(textVersion) }),
    async handle({ app, params, query, now }) {
      const { database, home } = await app.mappingDesk(params.channel);
      await currentText(database, home.mapping, now);
      return { items: await versionsOf(database, home.mapping.name, query.limit ?? 50) };
    },
  }),
  route({
    method: 'GET',
    path: '/mappings/:channel/diff',
    permission: 'mappings:read',
    summary: 'Tells two versions apart, in sentences and lines; 0 is the draft, absent: what is published.',
    params,
    query: object({
      from: optional(integer({ min: 0, max: 1_000_000 })),
      to: optional(integer({ min: 0, max: 1_000_000 })),
    }),
    answer: object({
      sentences: nullable(list(text())),
      lines: list(
        object({
          sign: oneOf(' ', '-', '+'),
          text: text(),
          before: nullable(integer()),
          after: nullable(integer()),
        }),
      ),
    }),
    async handle({ app, params, query }) {
      const desk = await app.mappingDesk(params.channel);
      const before = await textOf(desk, query.from);
      const after = await textOf(desk, query.to);
      return { sentences: diffSentences(before, after), lines: lineDiff(before, after) };
    },
  }),
  route({
    method: 'GET',
    path: '/mappings/:channel/versions/:number',
    permission: 'mappings:read',
    summary: 'Answers the text of a version.',
    params: object({ channel: text(100), number: integer({ min: 1, max: 1_000_000 }) }),
    answer: object({ text: text() }),
    async handle({ app, params }) {
      const { database, home } = await app.mappingDesk(params.channel);
      return { text: await versionText(database, home.mapping.name, params.number) };
    },
  }),
];

/** A version's text; 0: the draft's, absent: what is published. */
async function textOf(desk: MappingDesk, number: number | undefined): Promise<string> {
  if (number === undefined) return (await startingText(desk)).text;
  if (number > 0) return versionText(desk.database, desk.home.mapping.name, number);
  return (await readDraft(desk.database, desk.home.mapping.name))?.text ?? (await startingText(desk)).text;
}
