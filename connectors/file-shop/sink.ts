import { refundDocument } from '../../src/channel/refund-document.js';
import { storeAnswer } from '../../src/channel/store-answer.js';
import { storeDocument } from '../../src/channel/store-document.js';
import type { SinkPort } from '../../src/channel/store-ports.js';
import { ChannelError } from '../../src/domain/errors.js';
import type { JsonObject, JsonValue } from '../../src/domain/json.js';
import type { BookedRefund, OrderToPlace, RefundToBook, StoreOrder } from '../../src/domain/store-order.js';
import { answerOfCsv } from './answer-csv.js';
import { fileNameOf } from './file-name.js';
import type { Folder, FolderEntry, FolderLender } from './folder.js';
import { orderCsv, refundCsv } from './order-csv.js';
import type { FileShopSettings } from './settings.js';

/** Sub-folders: orders for the shop, what the shop tells of them, and our own record of what was handed over. */
export const FOLDERS = { orders: 'orders', answers: 'answers', sent: 'sent' } as const;
/** For refunds of the channel, where the shop reads them. */
export const REFUNDS = 'refunds';

/** All sub-folders these settings use. */
export function foldersOf({ refunds }: Pick<FileShopSettings, 'refunds'>): readonly string[] {
  return [...Object.values(FOLDERS), ...(refunds === true ? [REFUNDS] : [])];
}

const ANSWER_BYTES = 1024 * 1024;
const ENDINGS = ['json', 'csv'] as const;

/**
 * A shop that takes files. Every order is one file, named by its key and put there in one step, so that a repeat writes over itself. The shop takes files
 * away when it has read them: what was handed over is known by a record beside them. Between the file and its record we may die and
 * the shop may read: then it gets the file again, and must know the key.
 */
export function fileSink(lend: FolderLender, settings: FileShopSettings): SinkPort {
  return {
    // A file is there or not: nothing goes on after we have hung up but the server's own last write.
    uncertainty: { quietMs: 30_000, searchAgainMs: 10_000 },
    place: (toPlace) => lend((folder) => place(folder, settings, toPlace)),
    async find(key) {
      const name = fileNameOf(key);
      const [order] = await lend((folder) => readAll(folder, [name]));
      return order === undefined || order.gone === true ? [] : [order];
    },
    read: (storeIds) => lend((folder) => readAll(folder, storeIds)),
    ...(settings.refunds === true
      ? { refund: (refund) => lend((folder) => writeRefund(folder, settings, refund)) }
      : {}),
  };
}

async function place(folder: Folder, settings: FileShopSettings, toPlace: OrderToPlace): Promise<StoreOrder> {
  const name = fileNameOf(toPlace.key);
  const document = storeDocument(toPlace, { buyerContact: settings.buyerContact === true });
  const format = settings.format ?? 'json';
  await folder.write(
    `${FOLDERS.orders}/${name}.${format}`,
    format === 'csv' ? orderCsv(document) : `${JSON.stringify(document, null, 2)}\n`,
  );
  await folder.write(`${FOLDERS.sent}/${name}`, `${toPlace.key}\n`);
  return { storeId: name, cancelled: false, shipments: [] };
}

/** Handed over is all we know: a record beside the file says so, and it is not written again. */
async function writeRefund(
  folder: Folder,
  settings: FileShopSettings,
  refund: RefundToBook,
): Promise<BookedRefund> {
  const name = fileNameOf(refund.key);
  const sent = await folder.list(FOLDERS.sent);
  if (!sent.some((entry) => entry.name === name)) {
    const document = refundDocument(refund);
    const format = settings.format ?? 'json';
    await folder.write(
      `${REFUNDS}/${name}.${format}`,
      format === 'csv' ? refundCsv(document) : `${JSON.stringify(document, null, 2)}\n`,
    );
    await folder.write(`${FOLDERS.sent}/${name}`, `${refund.key}\n`);
  }
  return { booked: true, reference: name, left: [] };
}

/** All three sub-folders are listed first: one that is not there throws, and nothing is concluded from it. Only names that were listed are ever read. */
async function readAll(folder: Folder, names: readonly string[]): Promise<readonly StoreOrder[]> {
  const listed = async (sub: string): Promise<ReadonlyMap<string, FolderEntry>> =>
    new Map((await folder.list(sub)).map((entry) => [entry.name, entry]));
  const [orders, answers, sent] = [
    await listed(FOLDERS.orders),
    await listed(FOLDERS.answers),
    await listed(FOLDERS.sent),
  ];
  const found: StoreOrder[] = [];
  for (const name of names) {
    const known = sent.has(name) || ENDINGS.some((ending) => orders.has(`${name}.${ending}`));
    const bare = { storeId: name, cancelled: false, shipments: [], ...(known ? {} : { gone: true }) };
    found.push((await answerOrAsk(folder, answers, name)) ?? bare);
  }
  return found;
}

/** An answer that cannot be read says that the order is there: a person looks at the file, and it holds up no other. */
async function answerOrAsk(
  folder: Folder,
  answers: ReadonlyMap<string, FolderEntry>,
  name: string,
): Promise<StoreOrder | null> {
  try {
    return await answerOf(folder, answers, name);
  } catch (error) {
    if (!(error instanceof ChannelError) || error.code !== 'unreadable_answer') throw error;
    return {
      storeId: name,
      cancelled: false,
      shipments: [],
      needsPerson: `${error.message}. ${error.advice}`,
    };
  }
}

async function answerOf(
  folder: Folder,
  answers: ReadonlyMap<string, FolderEntry>,
  name: string,
): Promise<StoreOrder | null> {
  for (const ending of ENDINGS) {
    const entry = answers.get(`${name}.${ending}`);
    if (entry === undefined) continue;
    if (entry.bytes > ANSWER_BYTES) throw halfWritten(entry.name, 'is larger than 1 MiB');
    const bytes = await folder.read(`${FOLDERS.answers}/${entry.name}`);
    if (bytes.length !== entry.bytes) throw halfWritten(entry.name, 'changed while it was read');
    const text = bytes.toString('utf8');
    const { key, order } = storeAnswer(ending === 'csv' ? answerOfCsv(text) : parsed(text, entry.name));
    if (fileNameOf(key) !== name) throw halfWritten(entry.name, `is about another order (${key})`);
    // The shop's own number is its name of the order; ours finds the files.
    return { ...order, storeId: name, name: order.name ?? order.storeId };
  }
  return null;
}

function parsed(text: string, file: string): JsonObject {
  try {
    const value = JSON.parse(text.replace(/^\uFEFF/, '')) as JsonValue;
    return value as JsonObject;
  } catch {
    throw halfWritten(file, 'is no JSON');
  }
}

function halfWritten(file: string, why: string): ChannelError {
  return new ChannelError(`The answer ${file} ${why}`, {
    code: 'unreadable_answer',
    kind: 'ambiguous',
    owner: 'operator',
    advice:
      'Let the shop write answers under another name and rename them when they are whole. It is read again by itself.',
  });
}
