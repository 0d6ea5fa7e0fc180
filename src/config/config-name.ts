/** Where a configuration is looked for when the command line names none. */
export const CONFIG_NAME = 'omnifeed.yaml';
