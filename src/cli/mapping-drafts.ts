import { createWriteStream, readFileSync } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import type { Command } from 'commander';
import { OperatorError } from '../domain/errors.js';
import type { JsonValue } from '../domain/json.js';
import { diffSentences } from '../mapping/diff-sentences.js';
import { unifiedDiff } from '../mapping/line-diff.js';
import { csvLines } from '../reports/csv-lines.js';
import { dropDraft, readDraft, saveDraft } from '../workbench/drafts.js';
import { impactRows } from '../workbench/impact-rows.js';
import type { MappingDesk } from '../workbench/mapping-desk.js';
import { failingTests } from '../workbench/mapping-tests.js';
import { draftImpact, draftPair, publishDraft, publishHolds, startingText } from '../workbench/publish.js';
import { currentText, versionsOf, versionText } from '../workbench/versions.js';
import type { AddCommand } from './command.js';
import { impactLines } from './show-impact.js';
import { table } from './table.js';
import { countOf, withApp } from './with-app.js';

const ACTOR = 'operator';

/** `omnifeed mapping draft`, `impact`, `publish`, `versions`, `diff`, `restore`: changing a mapping with open eyes. */
export const addMappingDrafts: AddCommand = (mapping, on) => {
  addDraft(mapping, on);
  addImpact(mapping, on);
  addPublish(mapping, on);
  addVersions(mapping, on);
  addDiff(mapping, on);
  addRestore(mapping, on);
};

type On = Parameters<AddCommand>[1];

function addDraft(mapping: Command, on: On): void {
  mapping
    .command('draft <channel>')
    .description('show the draft of a channel’s mapping, or the text a new one would begin with')
    .option('--from <file>', 'save this file as the draft')
    .option('--drop', 'throw the draft away')
    .action(
      on<{ readonly from?: string; readonly drop?: boolean }>(async (stage, { args, options }) =>
        withApp(stage, options, async (app) => {
          const desk = await app.mappingDesk(args[0] ?? '');
          const document = desk.home.mapping.name;
          if (options.drop) {
            const dropped = await dropDraft(desk.database, document);
            stage.show({ dropped }, () => (dropped ? 'the draft is gone' : 'there was no draft'));
            return 0;
          }
          if (options.from !== undefined) {
            const revision = await saveFrom(desk, textIn(options.from));
            stage.show(
              { revision },
              () => `saved as revision ${revision}; \`omnifeed mapping impact\` shows what it would change`,
            );
            return 0;
          }
          const draft = await readDraft(desk.database, document);
          const shown = draft ?? { ...(await startingText(desk)), revision: 0 };
          stage.show(shown as unknown as JsonValue, () => shown.text.trimEnd());
          return 0;
        }),
      ),
    );
}

/** The command line has no page open that could be old: it saves over whatever draft there is. */
async function saveFrom(desk: MappingDesk, text: string): Promise<number> {
  const { database, home, clock } = desk;
  const draft = await readDraft(database, home.mapping.name);
  const { base } = await startingText(desk);
  return saveDraft(database, home.mapping.name, {
    text,
    expected: draft?.revision ?? 0,
    base,
    author: ACTOR,
    at: clock.now(),
  });
}

function addImpact(mapping: Command, on: On): void {
  mapping
    .command('impact <channel>')
    .description(
      'what a draft would change on which listings: by attribute and rule, what appears, vanishes, is blocked',
    )
    .option('--draft <file>', 'compare this file instead of the saved draft')
    .option('--output <file>', 'write every listing that changes to this file instead, safe for spreadsheets')
    .addHelpText(
      'after',
      '\nExit code 1: so much would vanish or be blocked that publishing needs the checksum shown.',
    )
    .action(
      on<{ readonly draft?: string; readonly output?: string }>(async (stage, { args, options }) =>
        withApp(stage, options, async (app) => {
          const desk = await app.mappingDesk(args[0] ?? '');
          const { output } = options;
          if (output !== undefined) {
            const pair = await draftPair(desk, await draftText(desk, options.draft));
            const { clock } = desk;
            const rows = impactRows(desk.database, pair, { clock, signal: stage.signal });
            await pipeline(csvLines(rows), createWriteStream(output));
            stage.show({ file: output }, () => `every listing that changes is in ${output}`);
            return 0;
          }
          const report = await draftImpact(desk, await draftText(desk, options.draft), {
            signal: stage.signal,
            onProgress: ({ done, of }) => stage.progress.update(`${done} of ${of} compared`),
          });
          const holds = publishHolds(report, desk.guard);
          stage.show({ ...report, holds } as unknown as JsonValue, () =>
            impactLines(report, holds).join('\n'),
          );
          return holds.length > 0 ? 1 : 0;
        }),
      ),
    );
}

function addPublish(mapping: Command, on: On): void {
  mapping
    .command('publish <channel>')
    .description('make the draft the channel’s mapping: checked, tested and within the guards')
    .option('--comment <text>', 'what changes and why')
    .option('--force <checksum>', 'of the impact that was seen, where a guard holds it')
    .option('--despite-tests', 'although tests fail')
    .action(
      on<{ readonly comment?: string; readonly force?: string; readonly despiteTests?: boolean }>(
        async (stage, { args, options }) =>
          withApp(stage, options, async (app) => {
            const channel = args[0] ?? '';
            const desk = await app.mappingDesk(channel);
            const draft = await readDraft(desk.database, desk.home.mapping.name);
            if (draft === null) throw noDraft(channel);
            stage.progress.update('comparing with what is published');
            const { version, impact } = await publishDraft(
              desk,
              {
                revision: draft.revision,
                by: ACTOR,
                comment: options.comment ?? '',
                ...(options.force === undefined ? {} : { checksum: options.force }),
                ...(options.despiteTests === undefined ? {} : { despiteTests: options.despiteTests }),
                signal: stage.signal,
              },
              failingTests,
            );
            for (const one of app.config.channels) await app.queue.wake('reconcile', one.id);
            stage.show({ version, totals: impact.totals } as unknown as JsonValue, () =>
              [`version ${version} is published`, ...impactLines(impact, [])].join('\n'),
            );
            return 0;
          }),
      ),
    );
}

function addVersions(mapping: Command, on: On): void {
  mapping
    .command('versions <channel>')
    .description('who changed the mapping when, with comments and what it did')
    .option('--limit <count>', 'the latest so many (50)')
    .action(
      on<{ readonly limit?: string }>(async (stage, { args, options }) =>
        withApp(stage, options, async (app) => {
          const { database, home, clock } = await app.mappingDesk(args[0] ?? '');
          await currentText(database, home.mapping, clock.now());
          const versions = await versionsOf(database, home.mapping.name, countOf(options.limit, 50));
          stage.show(versions as unknown as JsonValue, () =>
            versions.length === 0
              ? 'no version yet: the connector’s own mapping is used'
              : table(
                  ['version', 'when', 'who', 'comment', 'changed'],
                  versions.map(({ number, at, author, comment, impact }) => [
                    String(number),
                    at,
                    author,
                    comment,
                    impact === null ? '' : String(impact.changed),
                  ]),
                ),
          );
          return 0;
        }),
      ),
    );
}

function addDiff(mapping: Command, on: On): void {
  mapping
    .command('diff <channel> [from] [to]')
    .description(
      'what differs between two versions, in sentences and lines; without versions: published and draft',
    )
    .action(
      on(async (stage, { args, options }) =>
        withApp(stage, options, async (app) => {
          const [channel = '', from, to] = args;
          const desk = await app.mappingDesk(channel);
          const before = from === undefined ? (await startingText(desk)).text : await numbered(desk, from);
          const after = to !== undefined ? await numbered(desk, to) : await otherText(desk, from);
          const sentences = diffSentences(before, after);
          const lines = unifiedDiff(before, after);
          stage.show({ sentences, lines } as unknown as JsonValue, () =>
            lines.length === 0 ? 'no difference' : [...(sentences ?? []), '', ...lines].join('\n'),
          );
          return 0;
        }),
      ),
    );
}

async function otherText(desk: MappingDesk, from: string | undefined): Promise<string> {
  return from === undefined ? draftText(desk, undefined) : (await startingText(desk)).text;
}

async function numbered(desk: MappingDesk, version: string): Promise<string> {
  return versionText(desk.database, desk.home.mapping.name, countOf(version, 0));
}

function addRestore(mapping: Command, on: On): void {
  mapping
    .command('restore <channel> <version>')
    .description(
      'begin a draft with the text of an earlier version; publishing it takes the changes since back',
    )
    .action(
      on(async (stage, { args, options }) =>
        withApp(stage, options, async (app) => {
          const desk = await app.mappingDesk(args[0] ?? '');
          const revision = await saveFrom(desk, await numbered(desk, args[1] ?? ''));
          stage.show({ revision }, () => `version ${args[1]} is the draft now (revision ${revision})`);
          return 0;
        }),
      ),
    );
}

/** The draft to work on: a file, or the one that is saved. Throws `no_draft`. */
export async function draftText(desk: MappingDesk, file: string | undefined): Promise<string> {
  if (file !== undefined) return textIn(file);
  const draft = await readDraft(desk.database, desk.home.mapping.name);
  if (draft === null) throw noDraft(desk.home.channel);
  return draft.text;
}

function noDraft(channel: string): OperatorError {
  return new OperatorError(
    'no_draft',
    `Nobody works on the mapping of "${channel}"`,
    `Save one with \`omnifeed mapping draft ${channel} --from FILE\`.`,
  );
}

function textIn(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new OperatorError('file_unreadable', `${file} cannot be read`, 'Check the path.', cause);
  }
}
