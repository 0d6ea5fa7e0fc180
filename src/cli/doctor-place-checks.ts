import { randomUUID } from 'node:crypto';
import { open, rm, stat, statfs } from 'node:fs/promises';
import path from 'node:path';
import type { Config } from '../config/config.js';
import type { Finding } from './doctor-checks.js';

const PRIVATE = 0o077;

/** Files that hold keys or data: nobody but the user who runs the house may read them. Files that are not there yet have nothing to hide. */
export async function modeFindings(config: Config): Promise<Finding[]> {
  if (process.platform === 'win32') return []; // rights are kept in another way there
  const named = [
    config.keyFile,
    fileOf(config.database),
    config.keyRing === null ? null : fileOf(config.keyRing),
  ];
  const files = config.secrets.length > 0 ? [...named, config.file] : named;
  const findings: Finding[] = [];
  for (const file of new Set(files)) {
    if (file === null) continue;
    const found = await stat(file).catch(() => null);
    if (found === null || (found.mode & PRIVATE) === 0) continue;
    findings.push({
      about: 'files',
      state: file === config.keyFile ? 'error' : 'warning',
      message: `others may read ${file} (mode ${(found.mode & 0o777).toString(8).padStart(4, '0')})`,
      advice: `Run: chmod 600 ${file}`,
    });
  }
  return findings.length > 0
    ? findings
    : [
        {
          about: 'files',
          state: 'ok',
          message: 'keys and data can be read by their owner alone',
          advice: '',
        },
      ];
}

function fileOf(address: string): string | null {
  return /^postgres(ql)?:\/\/|:memory:/.test(address) ? null : address;
}

/** Kinds of file systems by the number Linux has for them (linux/magic.h). SQLite's locks and its shared memory need a local one. */
const UNFIT: Readonly<Record<number, { readonly kind: string; readonly state: 'warning' | 'error' }>> = {
  26985: { kind: 'NFS', state: 'error' },
  20859: { kind: 'SMB', state: 'error' },
  4283649346: { kind: 'CIFS', state: 'error' },
  4266872130: { kind: 'SMB2', state: 'error' },
  16914836: { kind: 'tmpfs: it is gone when the machine restarts', state: 'warning' },
  1702057286: { kind: 'FUSE: it may be a network', state: 'warning' },
};

/** What a file system of this kind means for a SQLite file; null: nothing against it is known. */
export function unfitKind(
  type: number,
): { readonly kind: string; readonly state: 'warning' | 'error' } | null {
  return UNFIT[type >>> 0] ?? null;
}

const PROBES = 15;
const SLOW_MS = 50;

/** Where a SQLite file lies, and how long its disk takes to keep a commit: measured, since every commit waits for it. */
export async function diskKindFindings(config: Config): Promise<Finding[]> {
  const file = fileOf(config.database);
  if (file === null) return [];
  const folder = path.dirname(file);
  const unfit = unfitKind((await statfs(folder)).type);
  const kind: Finding[] =
    unfit === null
      ? []
      : [
          {
            about: 'disk',
            state: unfit.state,
            message: `${folder} is on ${unfit.kind}`,
            advice: 'Put the database on a local disk, or use Postgres.',
          },
        ];
  const times = await syncTimes(folder);
  const median = times[Math.floor(times.length / 2)] ?? 0;
  const message = `a write is kept after ${median.toFixed(1)} ms (the slowest of ${PROBES} took ${(times.at(-1) ?? 0).toFixed(1)} ms)`;
  const slow = median > SLOW_MS;
  const advice = slow ? 'Every commit waits for this: use a faster disk, or one of the machine’s own.' : '';
  return [...kind, { about: 'disk', state: slow ? 'warning' : 'ok', message, advice }];
}

/** Milliseconds that small synced writes took, the quickest first. */
async function syncTimes(folder: string): Promise<readonly number[]> {
  const probe = path.join(folder, `.omnifeed-probe-${randomUUID()}`);
  const handle = await open(probe, 'wx', 0o600);
  try {
    const page = Buffer.alloc(4_096, 1);
    const times: number[] = [];
    for (let at = 0; at < PROBES; at += 1) {
      const begun = performance.now();
      await handle.write(page, 0, page.length, at * page.length);
      await handle.datasync();
      times.push(performance.now() - begun);
    }
    return times.sort((a, b) => a - b);
  } finally {
    await handle.close();
    await rm(probe, { force: true });
  }
}
