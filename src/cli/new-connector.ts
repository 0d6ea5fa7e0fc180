import { packageRoot } from '../config/package-root.js';
import type { AddCommand } from './command.js';
import { scaffoldConnector } from './scaffold/connector-scaffold.js';

/** `omnifeed new-connector`: a connector that works against its own simulator, to be turned into a real one. */
export const addNewConnector: AddCommand = (command, on) => {
  command.action(
    on(async (stage, { args }) => {
      const { id, files } = await scaffoldConnector(packageRoot(), args[0] ?? '');
      stage.show({ id, files }, () =>
        [
          `Wrote ${id}:`,
          ...files.map((file) => `  ${file}`),
          'Next: npm run check && npx vitest run test/contract',
        ].join('\n'),
      );
      return 0;
    }),
  );
};
