import { randomUUID } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { SimulatorReply, SimulatorRequest } from '../../../src/channel/simulator-server.js';
import { isJsonObject, type JsonValue } from '../../../src/domain/json.js';
import { invalid, refused, success } from './replies.js';

/** Signed addresses of documents live this long. */
const ADDRESS_LIFE_MS = 5 * 60_000;

/** Where documents of feeds are written and read, without a token. */
export const FEED_DOCUMENTS = /^\/documents\/feeds\/([^/]+)$/;

/** The store of documents beside the feeds: signed addresses, bytes up and down. */
export interface FeedDocuments {
  /** `createFeedDocument`. */
  create(request: SimulatorRequest): SimulatorReply;
  /** `getFeedDocument`; only results are given out. */
  describe(documentId: string, request: SimulatorRequest): SimulatorReply;
  /** What comes to a signed address. */
  exchange(request: SimulatorRequest): SimulatorReply;
  /** What was uploaded; null: nothing, or no such document. */
  uploaded(documentId: string): Buffer | null;
  /** Keeps a result and tells its id. */
  keepResult(bytes: Buffer): string;
  /** So many addresses from now on are over before they can be used. */
  expired: number;
  /** Whether results are compressed. */
  gzip: boolean;
}

interface Stored {
  readonly contentType: string;
  readonly result: boolean;
  readonly gzip: boolean;
  bytes: Buffer | null;
}

/** A signature in an address: what it allows, and until when. */
interface Signature {
  readonly documentId: string;
  readonly method: 'PUT' | 'GET';
  readonly untilMs: number;
}

/** An empty store. */
export function feedDocuments(): FeedDocuments {
  const stored = new Map<string, Stored>();
  const signatures = new Map<string, Signature>();

  function signed(documentId: string, method: Signature['method'], request: SimulatorRequest): string {
    const signature = randomUUID();
    const lifeMs = documents.expired > 0 ? -1 : ADDRESS_LIFE_MS;
    documents.expired = Math.max(0, documents.expired - 1);
    signatures.set(signature, { documentId, method, untilMs: Date.now() + lifeMs });
    return `http://${String(request.headers.host)}/documents/feeds/${documentId}?X-Amz-Signature=${signature}`;
  }

  const documents: FeedDocuments = {
    gzip: true,
    expired: 0,
    create(request) {
      const body = bodyOf(request);
      if (!isJsonObject(body) || typeof body.contentType !== 'string')
        return invalid('contentType is required.');
      if (!/^[a-z]+\/[a-z+.-]+(; ?charset=[\w-]+)?$/i.test(body.contentType))
        return refused(415, 'UnsupportedMediaType', 'The content type is not supported.');
      const feedDocumentId = `amzn1.tortuga.4.na.${randomUUID()}`;
      stored.set(feedDocumentId, {
        contentType: body.contentType,
        result: false,
        gzip: false,
        bytes: null,
      });
      return { ...success({ feedDocumentId, url: signed(feedDocumentId, 'PUT', request) }), status: 201 };
    },
    describe(documentId, request) {
      const document = stored.get(documentId);
      if (!document?.result) return refused(404, 'NotFound', 'The document does not exist.');
      return success({
        feedDocumentId: documentId,
        url: signed(documentId, 'GET', request),
        ...(document.gzip ? { compressionAlgorithm: 'GZIP' } : {}),
      });
    },
    exchange(request) {
      const foreign = Object.keys(request.headers).find((name) => /^x-amz|^authorization$/.test(name));
      if (foreign !== undefined) return storeError(400, 'InvalidArgument', `${foreign} beside a signature`);
      const signature = signatures.get(request.query.get('X-Amz-Signature') ?? '');
      const [, documentId = ''] = FEED_DOCUMENTS.exec(request.path) ?? [];
      const document = stored.get(documentId);
      if (!document || signature?.documentId !== documentId || signature.method !== request.method)
        return storeError(403, 'SignatureDoesNotMatch', 'The signature does not match.');
      if (signature.untilMs < Date.now()) return storeError(403, 'AccessDenied', 'Request has expired');
      if (request.method === 'GET') return { status: 200, body: document.bytes ?? Buffer.alloc(0) };
      if (request.headers['content-type'] !== document.contentType)
        return storeError(403, 'SignatureDoesNotMatch', 'The content type is not the one that was signed.');
      document.bytes = request.body;
      return { status: 200 };
    },
    uploaded: (documentId) => stored.get(documentId)?.bytes ?? null,
    keepResult(bytes) {
      const documentId = `amzn1.tortuga.4.na.${randomUUID()}`;
      const { gzip } = documents;
      stored.set(documentId, {
        contentType: 'application/json',
        result: true,
        gzip,
        bytes: gzip ? gzipSync(bytes) : bytes,
      });
      return documentId;
    },
  };
  return documents;
}

/** The store of documents speaks XML. */
function storeError(status: number, code: string, message: string): SimulatorReply {
  return {
    status,
    headers: { 'content-type': 'application/xml' },
    body: `<Error><Code>${code}</Code><Message>${message}</Message></Error>`,
  };
}

/** The JSON of a request, or nothing. */
export function bodyOf(request: SimulatorRequest): JsonValue | undefined {
  try {
    return JSON.parse(request.body.toString('utf8')) as JsonValue;
  } catch {
    return undefined;
  }
}
