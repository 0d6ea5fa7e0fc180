import { createHash } from 'node:crypto';
import { connect as connectTcp } from 'node:net';
import path from 'node:path';
import type SftpClient from 'ssh2-sftp-client';
import { ChannelError } from '../../src/domain/errors.js';
import { type Folder, type FolderLender, folderDenied, folderFailed, folderMissing } from './folder.js';
import type { SftpSettings } from './settings.js';

/** Status codes of SFTP (draft-ietf-secsh-filexfer-02, section 7). 4 is any failure: it never means "not there". */
const NO_SUCH_FILE = 2;
const PERMISSION_DENIED = 3;
const LOGIN_MS = 20_000;
const WORK_MS = 120_000;

/**
 * A folder of an SFTP server, whose key must be the one of the settings. One connection for each piece of work. The library's own `exists` is not
 * used: it takes any failure for "not there" (ssh2-sftp-client 12.1.1).
 */
export function sftpFolder(root: string, settings: SftpSettings, signal: AbortSignal): FolderLender {
  return async (work) => {
    const { default: Client } = await import('ssh2-sftp-client');
    const client = new Client('omnifeed', { error: ignored, end: ignored, close: ignored });
    const stop = AbortSignal.any([signal, AbortSignal.timeout(WORK_MS)]);
    const hangUp = (): void => void client.end().catch(ignored);
    try {
      await connect(client, settings);
      stop.addEventListener('abort', hangUp, { once: true });
      return await work(folderOf(client, root));
    } finally {
      stop.removeEventListener('abort', hangUp);
      await client.end().catch(ignored);
    }
  };
}

/** Errors after the work was done, or of a connection that is being ended, tell nothing new. */
function ignored(): void {
  // Nothing to do: see above.
}

async function connect(client: SftpClient, settings: SftpSettings): Promise<void> {
  const { host, port = 22, username, password, privateKey, passphrase, hostKey } = settings;
  let shown: string | null = null;
  let level: unknown = null;
  client.on('error', (error: { level?: unknown }) => {
    level = error.level ?? level;
  });
  try {
    await client.connect({
      // Many small packets: without this each of them waits for the answer to the one before.
      sock: connectTcp({ host, port, noDelay: true }),
      username,
      ...(password === undefined ? {} : { password }),
      ...(privateKey === undefined ? {} : { privateKey }),
      ...(passphrase === undefined ? {} : { passphrase }),
      readyTimeout: LOGIN_MS,
      hostVerifier: (key: Buffer) => {
        shown = fingerprintOf(key);
        return shown === hostKey;
      },
    });
  } catch (error) {
    if (shown !== null && shown !== hostKey) throw anotherServer(host, shown);
    if (level === 'client-authentication') throw loginRefused(host, error);
    throw unreachable(host, error);
  }
}

/** As `ssh-keygen -lf` prints it. */
export function fingerprintOf(key: Buffer): string {
  return `SHA256:${createHash('sha256').update(key).digest('base64').replace(/=+$/, '')}`;
}

function folderOf(client: SftpClient, root: string): Folder {
  const at = (file: string): string => path.posix.join(root, file);
  return {
    list: (sub) =>
      told(sub, async () => {
        const entries = await client.list(at(sub));
        return entries.filter(({ type }) => type === '-').map(({ name, size }) => ({ name, bytes: size }));
      }),
    read: (file) => told(file, async () => Buffer.from((await client.get(at(file))) as Buffer)),
    write: (file, content) =>
      told(file, async () => {
        const draft = at(`${path.posix.dirname(file)}/.${path.posix.basename(file)}.part`);
        await client.put(Buffer.from(content, 'utf8'), draft);
        await moveOver(client, draft, at(file));
      }),
    make: (sub) => told(sub, async () => void (await client.mkdir(at(sub), true))),
  };
}

/** OpenSSH moves over a file that is there; servers without its extension do not, and the file, an earlier attempt of ours, is taken away first. */
async function moveOver(client: SftpClient, from: string, to: string): Promise<void> {
  try {
    await client.posixRename(from, to);
  } catch (error) {
    const code = (error as { code?: unknown }).code;
    if (code === NO_SUCH_FILE || code === PERMISSION_DENIED) throw error;
    await client.delete(to, true);
    await client.rename(from, to);
  }
}

async function told<Result>(file: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    const code = (error as { code?: unknown }).code;
    if (code === NO_SUCH_FILE) throw folderMissing(file);
    if (code === PERMISSION_DENIED) throw folderDenied(file, error);
    throw folderFailed(file, error);
  }
}

function anotherServer(host: string, shown: string): ChannelError {
  return new ChannelError(`${host} shows another key than the settings name: ${shown}`, {
    code: 'host_key_differs',
    kind: 'auth-lost',
    owner: 'operator',
    advice:
      'Nothing was sent. Ask whoever runs the server whether its key was changed, and only then write the new fingerprint into `hostKey`.',
  });
}

function loginRefused(host: string, cause: unknown): ChannelError {
  return new ChannelError(`${host} does not let us in`, {
    code: 'credentials_refused',
    kind: 'auth-lost',
    owner: 'operator',
    advice: 'Check `username` and `password` or `privateKey`.',
    cause,
  });
}

function unreachable(host: string, cause: unknown): ChannelError {
  const code = (cause as { code?: unknown } | null)?.code;
  return new ChannelError(`${host} cannot be reached (${String(code ?? 'unknown')})`, {
    code: 'unreachable',
    kind: 'not-sent',
    owner: 'channel',
    advice: 'Check the network, the host and the port; it is tried again by itself.',
    cause,
  });
}
