import { bodyOf, pageOf } from './request-body.js';
import type { Route } from './route.js';

const SOURCES = '/datasources/v1/accounts/{a}/dataSources';

/** The datasources sub-API. `create` always creates, as Google's does. */
export const DATA_SOURCE_ROUTES: readonly Route[] = [
  {
    call: 'datasources.dataSources.list',
    http: `GET ${SOURCES}`,
    answer: ({ query }, { sources, strange }) =>
      pageOf('dataSources', strange ? [STRANGE, ...sources.list()] : sources.list(), {
        size: query.get('pageSize'),
        token: query.get('pageToken'),
        most: 1_000,
      }),
  },
  {
    call: 'datasources.dataSources.create',
    http: `POST ${SOURCES}`,
    answer: (request, { sources }) => sources.create(bodyOf(request)),
  },
  {
    call: 'datasources.dataSources.fetch',
    http: `POST ${SOURCES}/{source}:fetch`,
    answer(_request, { sources, uploads, account }, [source = '']) {
      uploads.fetch(sources.get(nameOf(account, source)));
      return {};
    },
  },
  {
    call: 'datasources.fileUploads.get',
    http: `GET ${SOURCES}/{source}/fileUploads/latest`,
    answer: (_request, { sources, uploads, account }, [source = '']) =>
      uploads.latest(sources.get(nameOf(account, source))),
  },
  {
    call: 'datasources.dataSources.get',
    http: `GET ${SOURCES}/{source}`,
    answer: (_request, { sources, account }, [source = '']) => sources.get(nameOf(account, source)),
  },
  {
    call: 'datasources.dataSources.patch',
    http: `PATCH ${SOURCES}/{source}`,
    answer: (request, { sources, account }, [source = '']) =>
      sources.patch(nameOf(account, source), bodyOf(request), request.query.get('updateMask')),
  },
  {
    call: 'datasources.dataSources.delete',
    http: `DELETE ${SOURCES}/{source}`,
    answer(_request, { sources, catalog, account }, [source = '']) {
      const name = nameOf(account, source);
      sources.get(name);
      sources.checkUnlinked(name);
      sources.drop(name);
      catalog.dropSource(name);
      return {};
    },
  },
];

/** A source of a kind that did not exist when the API was written down. */
const STRANGE = {
  name: 'accounts/5551234567/dataSources/7',
  dataSourceId: '7',
  displayName: 'Agent catalog',
  input: 'AGENT',
  agentDataSource: { contentLanguage: 'en', feedLabel: 'US' },
};

function nameOf(account: string, source: string): string {
  return `accounts/${account}/dataSources/${source}`;
}
