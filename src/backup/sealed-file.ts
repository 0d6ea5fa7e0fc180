import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { type FileHandle, open, rm, stat } from 'node:fs/promises';
import type { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { OperatorError } from '../domain/errors.js';

const MAGIC = Buffer.from('OMNIBAK1', 'ascii');
const SALT_BYTES = 16;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const HEAD_BYTES = MAGIC.length + SALT_BYTES + NONCE_BYTES;

/**
 * A file encrypted whole: `OMNIBAK1`, salt, nonce, the gzipped content under AES-256-GCM, tag. Each file has a key of its own, made from the
 * house's key and the salt. `name` is bound into it: a backup given another name, or that of the key ring given as the main one, does
 * not open.
 */
export async function sealFile(from: string, to: string, seal: { key: Buffer; name: string }): Promise<void> {
  const salt = randomBytes(SALT_BYTES);
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', fileKey(seal.key, salt), nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(Buffer.from(seal.name, 'utf8'));
  const file = await open(to, 'wx', 0o600);
  try {
    await file.write(Buffer.concat([MAGIC, salt, nonce]));
    await pipeline(createReadStream(from), createGzip({ level: 1 }), cipher, async (bytes) => {
      for await (const chunk of bytes as AsyncIterable<Buffer>) await file.write(chunk);
    });
    await file.write(cipher.getAuthTag());
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Opens what `sealFile` wrote. Nothing is left at `to` unless the whole file proved true. Throws `backup_not_opened`. */
export async function openSealedFile(
  from: string,
  to: string,
  seal: { key: Buffer; name: string },
): Promise<void> {
  const { size } = await stat(from);
  const file = await open(from, 'r');
  try {
    const head = await bytesAt(file, 0, HEAD_BYTES);
    if (size < HEAD_BYTES + TAG_BYTES || !head.subarray(0, MAGIC.length).equals(MAGIC))
      throw notOpened(from, 'it is no backup of Omnifeed, or was cut');
    const tag = await bytesAt(file, size - TAG_BYTES, TAG_BYTES);
    await pipeline(
      createReadStream(from, { start: HEAD_BYTES, end: size - TAG_BYTES - 1 }),
      decipherOf(head, tag, seal),
      createGunzip(),
      createWriteStream(to, { flags: 'wx', mode: 0o600, flush: true }),
    );
  } catch (cause) {
    await rm(to, { force: true });
    if (cause instanceof OperatorError) throw cause;
    throw notOpened(from, 'it was changed or cut, was renamed, or belongs to another key', cause);
  } finally {
    await file.close();
  }
}

function decipherOf(head: Buffer, tag: Buffer, { key, name }: { key: Buffer; name: string }): Transform {
  const salt = head.subarray(MAGIC.length, MAGIC.length + SALT_BYTES);
  const decipher = createDecipheriv('aes-256-gcm', fileKey(key, salt), head.subarray(-NONCE_BYTES), {
    authTagLength: TAG_BYTES,
  });
  decipher.setAAD(Buffer.from(name, 'utf8'));
  decipher.setAuthTag(tag);
  return decipher;
}

function fileKey(key: Buffer, salt: Buffer): Buffer {
  return Buffer.from(hkdfSync('sha256', key, salt, 'omnifeed backup', 32));
}

async function bytesAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(length);
  const { bytesRead } = await file.read(bytes, 0, length, Math.max(0, position));
  return bytes.subarray(0, bytesRead);
}

function notOpened(file: string, why: string, cause?: unknown): OperatorError {
  return new OperatorError(
    'backup_not_opened',
    `The backup ${file} cannot be opened: ${why}`,
    'Use the key it was made with (`OMNIFEED_KEY` or `keyFile`) and the name it was written under, or take another backup.',
    cause,
  );
}
