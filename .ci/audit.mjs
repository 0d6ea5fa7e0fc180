#!/usr/bin/env node
// Fails when what is shipped has a known hole of high or critical severity. A registry that cannot say is no hole: the reason is printed and
// the gate stays open, unless OMNIFEED_REQUIRE_AUDIT=1 (release builds).
import { spawnSync } from 'node:child_process';

const { stdout, stderr, error } = spawnSync('npm', ['audit', '--omit=dev', '--audit-level=high', '--json'], {
  encoding: 'utf8',
  timeout: 60_000,
  maxBuffer: 64 * 1024 * 1024,
});

/** @returns {Record<string, any>} */
function report() {
  try {
    return JSON.parse(stdout);
  } catch {
    return { message: error?.message ?? stderr.trim().split('\n')[0] ?? 'npm audit said nothing' };
  }
}

const { metadata, vulnerabilities = {}, message, error: refused } = report();
const counts = metadata?.vulnerabilities;
if (counts === undefined) {
  const reason = message ?? refused?.summary ?? 'npm audit gave no report';
  process.stdout.write(`known holes were not asked for: ${reason}\n`);
  process.exit(process.env.OMNIFEED_REQUIRE_AUDIT === '1' ? 1 : 0);
}
const bad = Object.values(vulnerabilities).filter(
  ({ severity }) => severity === 'high' || severity === 'critical',
);
for (const { name, severity, range, fixAvailable } of bad)
  process.stdout.write(
    `${severity}: ${name} ${range}${fixAvailable ? ' (mended in a newer release)' : ''}\n`,
  );
process.stdout.write(
  `known holes in what is shipped: ${counts.critical} critical, ${counts.high} high, ${counts.total} in all\n`,
);
process.exit(counts.critical + counts.high > 0 ? 1 : 0);
