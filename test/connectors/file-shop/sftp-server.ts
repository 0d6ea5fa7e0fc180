import { once } from 'node:events';
import fs from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import path from 'node:path';
import ssh2, { type Connection, type SFTPWrapper } from 'ssh2';

const { Server, utils } = ssh2;
const { STATUS_CODE, flagsToString } = utils.sftp;

/** An SFTP server on loopback that serves one folder, with its own host key. */
export interface SftpServer {
  readonly port: number;
  /** As `ssh-keygen -lf` prints it. */
  readonly hostKey: string;
  readonly username: string;
  readonly password: string;
  /** Names of requests that fail from now on, and with which status. */
  readonly failures: Map<string, number>;
  /** Drops the connection before, or right after, the next renaming. */
  dropAt: 'before-rename' | 'after-rename' | null;
  /** Without it only plain renaming is there, which refuses a name that is taken. */
  posixRename: boolean;
  stop(): Promise<void>;
}

/** Starts it. `fingerprint` is worked out by the caller's own reading of the key. */
export async function startSftp(root: string, fingerprint: (key: Buffer) => string): Promise<SftpServer> {
  const { private: privateKey } = utils.generateKeyPairSync('ed25519');
  const parsed = utils.parseKey(privateKey);
  if (parsed instanceof Error || Array.isArray(parsed)) throw new Error('no host key');
  const open = new Set<Connection>();
  const state: Omit<SftpServer, 'port' | 'hostKey' | 'stop'> = {
    username: 'erp',
    password: 'letmein',
    failures: new Map(),
    dropAt: null,
    posixRename: true,
  };
  const server = new Server({ hostKeys: [privateKey] }, (client) => {
    open.add(client);
    client.on('close', () => open.delete(client));
    client.on('error', () => undefined);
    client.on('authentication', (attempt) => {
      const right =
        attempt.method === 'password' &&
        attempt.username === state.username &&
        attempt.password === state.password;
      if (right) attempt.accept();
      else attempt.reject(['password']);
    });
    client.on('session', (accept) => {
      accept().on('sftp', (acceptSftp) => serve(acceptSftp(), { root, state, drop: () => client.end() }));
    });
  });
  const door = createServer({ noDelay: true }, (socket) => server.injectSocket(socket));
  door.listen(0, '127.0.0.1');
  await once(door, 'listening');
  return Object.assign(state, {
    port: (door.address() as AddressInfo).port,
    hostKey: fingerprint(parsed.getPublicSSH()),
    async stop() {
      for (const client of open) client.end();
      door.close();
      await once(door, 'close');
    },
  });
}

interface Served {
  readonly root: string;
  readonly state: Omit<SftpServer, 'port' | 'hostKey' | 'stop'>;
  drop(): void;
}

function serve(sftp: SFTPWrapper, { root, state, drop }: Served): void {
  const handles = new Map<
    number,
    { readonly file?: fs.FileHandle; entries?: string[] | null; readonly dir?: string }
  >();
  let last = 0;
  const at = (name: string): string => path.join(root, path.posix.join('/', name));
  const handleOf = (handle: Buffer) => handles.get(handle.readUInt32BE(0)) ?? {};
  const newHandle = (of: NonNullable<ReturnType<typeof handles.get>>): Buffer => {
    const handle = Buffer.alloc(4);
    handles.set(++last, of);
    handle.writeUInt32BE(last, 0);
    return handle;
  };
  /** Runs a request; errors become the codes a real server gives. */
  const run = (name: string, id: number, work: () => Promise<void>): void => {
    const failure = state.failures.get(name);
    const done = failure === undefined ? work() : Promise.resolve(sftp.status(id, failure));
    done.catch((error: NodeJS.ErrnoException) =>
      sftp.status(id, error.code === 'ENOENT' ? STATUS_CODE.NO_SUCH_FILE : STATUS_CODE.FAILURE),
    );
  };
  const ok = (id: number): void => sftp.status(id, STATUS_CODE.OK);

  sftp.on('OPEN', (id, name, flags) =>
    run('OPEN', id, async () =>
      sftp.handle(id, newHandle({ file: await fs.open(at(name), flagsToString(flags) ?? 'r') })),
    ),
  );
  sftp.on('WRITE', (id, handle, offset, data) =>
    run('WRITE', id, async () => {
      await handleOf(handle).file?.write(data, 0, data.length, offset);
      ok(id);
    }),
  );
  sftp.on('READ', (id, handle, offset, length) =>
    run('READ', id, async () => {
      const buffer = Buffer.alloc(length);
      const read = (await handleOf(handle).file?.read(buffer, 0, length, offset))?.bytesRead ?? 0;
      if (read === 0) sftp.status(id, STATUS_CODE.EOF);
      else sftp.data(id, buffer.subarray(0, read));
    }),
  );
  sftp.on('CLOSE', (id, handle) =>
    run('CLOSE', id, async () => {
      await handleOf(handle).file?.close();
      ok(id);
    }),
  );
  sftp.on('OPENDIR', (id, name) =>
    run('OPENDIR', id, async () =>
      sftp.handle(id, newHandle({ dir: name, entries: await fs.readdir(at(name)) })),
    ),
  );
  sftp.on('READDIR', (id, handle) =>
    run('READDIR', id, async () => {
      const held = handleOf(handle);
      const entries = held.entries ?? null;
      held.entries = null;
      if (entries === null || entries.length === 0) return sftp.status(id, STATUS_CODE.EOF);
      sftp.name(
        id,
        await Promise.all(
          entries.map(async (filename) => {
            const stats = await fs.stat(at(path.posix.join(held.dir ?? '', filename)));
            const kind = stats.isDirectory() ? 'd' : '-';
            return {
              filename,
              longname: `${kind}rw-r--r-- 1 erp erp ${stats.size} ${filename}`,
              attrs: attrsOf(stats),
            };
          }),
        ),
      );
    }),
  );
  for (const name of ['STAT', 'LSTAT'] as const)
    sftp.on(name, (id: number, file: string) =>
      run(name, id, async () => sftp.attrs(id, attrsOf(await fs.stat(at(file))))),
    );
  sftp.on('FSTAT', (id, handle) =>
    run('FSTAT', id, async () => {
      const stats = await handleOf(handle).file?.stat();
      if (stats) sftp.attrs(id, attrsOf(stats));
    }),
  );
  sftp.on('FSETSTAT', (id) => ok(id));
  sftp.on('REALPATH', (id, name) =>
    run('REALPATH', id, async () =>
      sftp.name(id, [{ filename: path.posix.resolve('/', name), longname: '', attrs: {} as never }]),
    ),
  );
  sftp.on('MKDIR', (id, name) =>
    run('MKDIR', id, async () => {
      await fs.mkdir(at(name));
      ok(id);
    }),
  );
  sftp.on('REMOVE', (id, name) =>
    run('REMOVE', id, async () => {
      await fs.rm(at(name));
      ok(id);
    }),
  );
  const rename = (id: number, from: string, to: string, over: boolean): void =>
    run('RENAME', id, async () => {
      if (state.dropAt === 'before-rename') return drop();
      const taken = await fs.stat(at(to)).then(
        () => true,
        () => false,
      );
      if (taken && !over) return sftp.status(id, STATUS_CODE.FAILURE);
      await fs.rename(at(from), at(to));
      if (state.dropAt === 'after-rename') return drop();
      ok(id);
    });
  sftp.on('RENAME', (id, from, to) => rename(id, from, to, false));
  sftp.on('EXTENDED', (id, name, data) => {
    if (name !== 'posix-rename@openssh.com' || !state.posixRename)
      return sftp.status(id, STATUS_CODE.OP_UNSUPPORTED);
    const length = data.readUInt32BE(0);
    const from = data.toString('utf8', 4, 4 + length);
    rename(id, from, data.toString('utf8', 8 + length), true);
  });
}

function attrsOf(stats: {
  mode: number;
  uid: number;
  gid: number;
  size: number;
  atimeMs: number;
  mtimeMs: number;
}) {
  const seconds = (ms: number): number => Math.floor(ms / 1_000);
  return {
    mode: stats.mode,
    uid: stats.uid,
    gid: stats.gid,
    size: stats.size,
    atime: seconds(stats.atimeMs),
    mtime: seconds(stats.mtimeMs),
  };
}
