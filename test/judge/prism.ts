import { createRequire } from 'node:module';
import path from 'node:path';

/** A server of Prism that stands before `upstream` and answers with an error where a request or an answer breaks the models. */
export interface PrismServer {
  listen(port: number, host: string): Promise<string>;
  close(): Promise<void>;
}

interface PrismHttp {
  getHttpOperationsFromSpec(document: string): Promise<readonly unknown[]>;
}

interface PrismHttpServer {
  createServer(operations: readonly unknown[], options: object): PrismServer;
}

interface PrismCore {
  createLogger(name: string, options: object): object;
}

/** Prism lives in a package folder of its own, so that the project does not carry it. */
const folder = createRequire(path.join(import.meta.dirname, 'package.json'));

/** What `prism proxy --errors` does, for several models behind one address. */
export async function prismProxy(models: readonly string[], upstream: string): Promise<PrismServer> {
  const inside = createRequire(folder.resolve('@stoplight/prism-cli'));
  const { getHttpOperationsFromSpec } = inside('@stoplight/prism-http') as PrismHttp;
  const { createServer } = inside('@stoplight/prism-http-server') as PrismHttpServer;
  const { createLogger } = inside('@stoplight/prism-core') as PrismCore;
  const operations = await Promise.all(models.map((model) => getHttpOperationsFromSpec(model)));
  return createServer(operations.flat(), {
    cors: false,
    components: { logger: createLogger('judge', { enabled: false }) },
    config: {
      isProxy: true,
      upstream: new URL(upstream),
      upstreamProxy: undefined,
      validateRequest: true,
      validateResponse: true,
      checkSecurity: true,
      errors: true,
      mock: { dynamic: false },
    },
  });
}
