import { GoogleRefusal, invalid } from './google-error.js';
import { bodyOf, onlyMembers, pageOf } from './request-body.js';
import type { Route } from './route.js';

const ACCOUNT = '/accounts/v1/accounts/{a}';

/** The accounts sub-API, as far as a merchant's software has to do with it, and the quota sub-API. */
export const ACCOUNT_ROUTES: readonly Route[] = [
  {
    call: 'accounts.accounts.getAccountForGcpRegistration',
    http: 'GET /accounts/v1/accounts:getAccountForGcpRegistration',
    answer(_request, { desk, account }) {
      if (desk.isRegistered()) return { name: `accounts/${account}` };
      throw new GoogleRefusal(404, 'The calling project is not registered with any account.', {
        REASON: 'NOT_FOUND',
      });
    },
  },
  {
    call: 'accounts.developerRegistration.registerGcp',
    http: `POST ${ACCOUNT}/developerRegistration:registerGcp`,
    answer(request, { desk, account }) {
      const body = bodyOf(request);
      onlyMembers(body, ['developerEmail'], 'register_gcp_request');
      const email = body.developerEmail;
      if (email !== undefined && !/^[^@\s]+@[^@\s]+$/.test(String(email)))
        throw invalid('developer_email', 'The e-mail address is not valid.');
      if (String(email).endsWith('.iam.gserviceaccount.com'))
        throw invalid('developer_email', 'The developer must not be a service account.');
      desk.register(true);
      return { name: `accounts/${account}/developerRegistration`, gcpIds: ['omnifeed-simulator'] };
    },
  },
  {
    call: 'accounts.accounts.createTestAccount',
    http: `POST ${ACCOUNT}:createTestAccount`,
    answer: (request, { accounts }) => accounts.createTestAccount(bodyOf(request)),
  },
  {
    call: 'accounts.accounts.get',
    http: `GET ${ACCOUNT}`,
    answer: (_request, { accounts }) => accounts.read('account'),
  },
  {
    call: 'accounts.homepage.get',
    http: `GET ${ACCOUNT}/homepage`,
    answer: (_request, { accounts }) => accounts.read('homepage'),
  },
  {
    call: 'accounts.automaticImprovements.get',
    http: `GET ${ACCOUNT}/automaticImprovements`,
    answer: (_request, { accounts }) => accounts.read('automaticImprovements'),
  },
  {
    call: 'accounts.programs.list',
    http: `GET ${ACCOUNT}/programs`,
    answer: ({ query }, { accounts }) =>
      pageOf('programs', accounts.programs(), {
        size: query.get('pageSize'),
        token: query.get('pageToken'),
        most: 1_000,
      }),
  },
  {
    call: 'accounts.issues.list',
    http: `GET ${ACCOUNT}/issues`,
    answer: ({ query }, { accounts }) =>
      pageOf('accountIssues', accounts.issues(), {
        size: query.get('pageSize') ?? '50',
        token: query.get('pageToken'),
        most: 100,
      }),
  },
  {
    call: 'quota.quotas.list',
    http: 'GET /quota/v1/accounts/{a}/quotas',
    answer: ({ query }, { quota, account }) =>
      pageOf('quotaGroups', quota.groups(account), {
        size: query.get('pageSize') ?? '500',
        token: query.get('pageToken'),
        most: 1_000,
      }),
  },
];
