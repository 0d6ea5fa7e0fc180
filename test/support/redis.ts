/** The Redis given for tests. CI always gives one. */
export const redisAddress =
  process.env.OMNIFEED_TEST_REDIS ?? (process.env.CI ? 'redis://127.0.0.1:6379' : undefined);
