import type { JsonObject } from '../../../src/domain/json.js';
import { GoogleRefusal, invalid } from './google-error.js';
import { bodyOf, onlyMembers, pageOf } from './request-body.js';
import type { Route } from './route.js';

const SUBSCRIPTIONS = '/notifications/v1/accounts/{a}/notificationsubscriptions';
const EVENTS = ['PRODUCT_STATUS_CHANGE', 'ACCOUNT_SERVICE_CHANGE'];
const MEMBERS = ['registeredEvent', 'callBackUri', 'targetAccount', 'allManagedAccounts'];

/** The notifications sub-API: subscriptions; `notifier.ts` calls them. */
export const NOTIFICATION_ROUTES: readonly Route[] = [
  {
    call: 'notifications.notificationsubscriptions.list',
    http: `GET ${SUBSCRIPTIONS}`,
    answer: ({ query }, { subscriptions }) =>
      pageOf('notificationSubscriptions', [...subscriptions.values()], {
        size: query.get('pageSize') ?? '100',
        token: query.get('pageToken'),
        most: 100,
      }),
  },
  {
    call: 'notifications.notificationsubscriptions.create',
    http: `POST ${SUBSCRIPTIONS}`,
    answer(request, { subscriptions, account }) {
      const body = bodyOf(request);
      onlyMembers(body, MEMBERS, 'notification_subscription');
      if (!EVENTS.includes(String(body.registeredEvent)))
        throw invalid('registered_event', 'The event is not known.');
      if (!/^https:\/\/[^/\s]+\S*$/.test(String(body.callBackUri)))
        throw invalid('call_back_uri', 'The address must be public and HTTPS.');
      if ((body.targetAccount === undefined) === (body.allManagedAccounts === undefined))
        throw invalid('interested_in', 'Exactly one of target account and all managed accounts must be set.');
      const name = `accounts/${account}/notificationsubscriptions/${subscriptions.size + 1}`;
      const made: JsonObject = { name, ...body };
      subscriptions.set(name, made);
      return made;
    },
  },
  {
    call: 'notifications.notificationsubscriptions.delete',
    http: `DELETE ${SUBSCRIPTIONS}/{subscription}`,
    answer(_request, { subscriptions, account }, [subscription = '']) {
      const name = `accounts/${account}/notificationsubscriptions/${subscription}`;
      if (!subscriptions.delete(name))
        throw new GoogleRefusal(404, '[name] The subscription was not found.', { FIELD_LOCATION: 'name' });
      return {};
    },
  },
];
