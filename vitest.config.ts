import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: [
      'test/support/build-once.ts',
      'test/judge/start-judge.ts',
      'test/support/say-no-browser.ts',
    ],
    setupFiles: ['test/support/loopback-only.ts'],
    sequence: { shuffle: true },
    testTimeout: 30_000,
    hookTimeout: 30_000,
    pool: 'forks',
    // Files of one worker share what they load: reading the house anew for each of 290 files took half the time of the suite. So a test leaves
    // nothing behind in a module, on `process` or on a prototype; the order of files is shuffled and shows who does.
    isolate: false,
    restoreMocks: true,
    maxWorkers: 3,
  },
});
