import { existsSync } from 'node:fs';

/** Debian's Chromium, or the one CHROMIUM names. */
export const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';

/** On a machine of a developer only: a run of CI that lost its browser must not look sound. */
export const browserIsMissing = !existsSync(CHROMIUM) && !process.env.CI;

/** Says once for all workers why tests in a browser are skipped, when they are. */
export default function sayNoBrowser(): void {
  if (browserIsMissing)
    process.stderr.write(
      `skipped: tests in a browser, because there is no Chromium at ${CHROMIUM}; CHROMIUM says where another one is\n`,
    );
}
