import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../../src/config/package-root.js';

const FILE = path.join(packageRoot(), 'deploy/systemd/omnifeed.service');
const unit = readFileSync(FILE, 'utf8');
const value = (name: string): string | undefined => new RegExp(`^${name}=(.*)$`, 'm').exec(unit)?.[1];

const analyze = spawnSync('systemd-analyze', ['--version']).status === 0;
if (!analyze) process.stderr.write('skipped: judging the unit by systemd, which is not installed here\n');

describe('the systemd unit', () => {
  it('gives the program longer to stop than it takes, and does not start a wrong configuration again', () => {
    expect(Number(value('TimeoutStopSec'))).toBeGreaterThan(25);
    expect(value('KillSignal')).toBe('SIGTERM');
    expect(value('Restart')).toBe('on-failure');
    expect(value('RestartPreventExitStatus')).toBe('2');
  });

  it('runs as somebody of its own who may write only its own folder', () => {
    expect(value('User')).toBe('omnifeed');
    expect(value('ProtectSystem')).toBe('strict');
    expect(value('StateDirectory')).toBe('omnifeed');
    expect(value('ReadWritePaths')).toBeUndefined();
    expect(value('NoNewPrivileges')).toBe('yes');
    expect(value('CapabilityBoundingSet')).toBe('');
    // Not with Node: the engine makes code while it runs.
    expect(value('MemoryDenyWriteExecute')).toBeUndefined();
  });

  it.skipIf(!analyze)('is exposed little, in the eyes of systemd', () => {
    const { stdout, stderr } = spawnSync('systemd-analyze', ['security', '--offline=true', FILE], {
      encoding: 'utf8',
    });
    expect(`${stdout}${stderr}`).not.toMatch(/Unknown (key|section)/i);
    expect(Number(/exposure level for \S+: ([\d.]+)/.exec(stdout)?.[1])).toBeLessThan(2.5);
  });
});
