import { catalogPageByProduct, FIRST_PRODUCT } from '../catalog/store.js';
import { OperatorError } from '../domain/errors.js';
import type { CompiledMapping } from '../mapping/types.js';
import { listingRows } from '../sync/listing-rows.js';
import { compileUse, mappingUseAt } from '../sync/mapping-uses.js';
import { measureMapping, refuseSlow } from '../sync/measure-mapping.js';
import { draftMoved, dropDraft, readDraft } from './drafts.js';
import { type ImpactReport, wholeImpact } from './impact.js';
import { compileText, emptyMapping, type MappingDesk } from './mapping-desk.js';
import { currentText, saveVersion } from './versions.js';

/** How a draft is published. */
export interface Publication {
  /** The draft that was looked at. */
  readonly revision: number;
  readonly by: string;
  readonly comment: string;
  /** Of the impact that was looked at; lets a publication through that a guard holds. */
  readonly checksum?: string;
  /** Publishes although tests fail; for those who may, with a comment. */
  readonly despiteTests?: boolean;
  readonly signal?: AbortSignal;
}

/** What came of it. */
export interface Published {
  readonly version: number;
  readonly impact: ImpactReport;
}

/** A reason why a person must look before a draft is published. */
export interface PublishHold {
  readonly code: 'many_vanish' | 'many_blocked';
  readonly message: string;
}

/** What a test of the mapping has to say; kept apart so that publishing need not know how tests are written. */
export type TestsOf = (desk: MappingDesk, text: string) => Promise<readonly string[]>;

/** Shares beyond which a person must have seen the numbers. Pure. */
export function publishHolds(
  report: Pick<ImpactReport, 'totals' | 'of'>,
  limits: MappingDesk['guard'],
): readonly PublishHold[] {
  const { vanishes, newlyBlocked } = report.totals;
  const most = report.of * limits.removalShare;
  if (report.of < limits.fewListings) return [];
  return [
    ...(vanishes > most
      ? [{ code: 'many_vanish', message: `${vanishes} of ${report.of} listings would vanish` } as const]
      : []),
    ...(newlyBlocked > most
      ? [
          {
            code: 'many_blocked',
            message: `${newlyBlocked} of ${report.of} listings would have errors`,
          } as const,
        ]
      : []),
  ];
}

/** The impact of a draft against what is published. Throws `mapping_has_errors`. */
export async function draftImpact(
  desk: MappingDesk,
  text: string,
  options: Omit<Parameters<typeof wholeImpact>[2], 'clock'> = {},
): Promise<ImpactReport> {
  return wholeImpact(desk.database, await draftPair(desk, text), { ...options, clock: desk.clock });
}

/** The published mapping and a draft, each with all that works listings out. Throws `mapping_has_errors`. */
export async function draftPair(desk: MappingDesk, text: string): Promise<Parameters<typeof wholeImpact>[1]> {
  const draft = await desk.kit(compileText(desk, text));
  const published = { ...draft, mapping: await publishedMapping(desk) };
  return { published, draft };
}

/** What is published; while it does not load, the mapping listings were last worked out with, else the connector's own. */
export async function publishedMapping(desk: MappingDesk): Promise<CompiledMapping> {
  const { mapping } = desk.kept.read(desk.place);
  if (mapping !== null) return mapping;
  const use = await mappingUseAt(desk.database, desk.home.channel, desk.clock.now());
  const last = use === null ? null : compileUse(use);
  return last ?? compileText(desk, emptyMapping(desk.connector.id));
}

/**
 * Makes a draft the channel's mapping: it must load, be cheap, pass its tests and stay within the guards, or be released with the checksum of
 * the impact that was seen. Adds a version and replaces the file where there is one. Nothing changes before all of this is
 * settled. Throws `draft_moved`, `mapping_has_errors`, `mapping_too_slow`, `tests_fail`, `comment_missing`, `publication_held`.
 */
export async function publishDraft(
  desk: MappingDesk,
  publication: Publication,
  tests: TestsOf,
): Promise<Published> {
  const { database, home } = desk;
  const document = home.mapping;
  const draft = await readDraft(database, document.name);
  if (draft === null || draft.revision !== publication.revision)
    throw draftMoved(document.name, publication.revision, draft);
  const now = desk.clock.now();
  const current = await currentText(database, document, now);
  if (current.number > 0 && publication.comment.trim() === '')
    throw new OperatorError(
      'comment_missing',
      'A new version of a mapping needs a comment',
      'Say in a sentence what changes and why.',
    );
  if (current.number !== draft.base) throw baseMoved(document.name, draft.base, current.number);
  await refuseSlowDraft(desk, draft.text);
  await refuseFailing(await tests(desk, draft.text), publication);
  const impact = await draftImpact(desk, draft.text, {
    ...(publication.signal === undefined ? {} : { signal: publication.signal }),
  });
  refuseHeld(impact, desk, publication);
  const asked = draft.askedBy !== null && draft.askedBy !== publication.by;
  const version = await saveVersion(database, document, {
    text: draft.text,
    author: asked ? draft.author : publication.by,
    approvedBy: asked ? publication.by : null,
    comment: publication.comment.trim() || 'first version',
    impact: impact.totals,
    at: now,
    expected: current.number,
  });
  await dropDraft(database, document.name);
  return { version, impact };
}

function baseMoved(document: string, base: number, number: number): OperatorError {
  return new OperatorError(
    'base_moved',
    `${document} is at version ${number}; the draft began with version ${base}`,
    'Take over what changed meanwhile and save the draft anew, or throw it away.',
  );
}

async function refuseSlowDraft(desk: MappingDesk, text: string): Promise<void> {
  const kit = await desk.kit(compileText(desk, text));
  const { rows } = await catalogPageByProduct(desk.database, FIRST_PRODUCT, 1_000);
  const views = await listingRows(desk.database, kit, rows);
  refuseSlow(desk.home.channel, await measureMapping(kit, views, desk.clock));
}

async function refuseFailing(failures: readonly string[], publication: Publication): Promise<void> {
  if (failures.length === 0) return;
  if (publication.despiteTests === true && publication.comment.trim() !== '') return;
  throw new OperatorError(
    'tests_fail',
    `${failures.length} ${failures.length === 1 ? 'test of the mapping fails' : 'tests of the mapping fail'}:\n${failures.join('\n')}`,
    'Correct the mapping or the tests. An approver may publish all the same, with a comment.',
  );
}

function refuseHeld(impact: ImpactReport, desk: MappingDesk, { checksum }: Publication): void {
  const holds = publishHolds(impact, desk.guard);
  if (holds.length === 0 || checksum === impact.checksum) return;
  const numbers = holds.map(({ message }) => message).join('; ');
  throw new OperatorError(
    'publication_held',
    checksum === undefined
      ? `Held: ${numbers}. The checksum of these numbers is ${impact.checksum}`
      : `Held: the numbers are others than those that were seen: ${numbers}. Their checksum is ${impact.checksum}`,
    'Look at the impact; publishing with its checksum lets exactly this through.',
  );
}

/** Begins a draft with an earlier version's text, or what is published. Answers the text. */
export async function startingText(
  desk: MappingDesk,
): Promise<{ readonly text: string; readonly base: number }> {
  const { text, number } = await currentText(desk.database, desk.home.mapping, desk.clock.now());
  return { text: text ?? emptyMapping(desk.connector.id), base: number };
}
