import { Ajv2020 } from 'ajv/dist/2020.js';
import { openedSetup } from '../check-findings.js';
import { noSuch, Refusal } from '../problem.js';
import { route } from '../route.js';
import { jsonObject, list, object, text } from '../shape.js';
import { channelAction } from '../shapes/setup.js';

const ajv = new Ajv2020({ allErrors: true, strict: false });

/** Steps people take at a channel by hand: register a project, make a test account, show quotas. Drafts too. */
export const channelActionRoutes = [
  route({
    method: 'GET',
    path: '/channels/:channel/actions',
    permission: 'channels:write',
    summary: 'Lists what the channel lets a person do by hand, and what each asks for.',
    params: object({ channel: text(63) }),
    answer: object({ actions: list(channelAction) }),
    async handle({ app, params }) {
      const { actions = {} } = await openedSetup(app, params.channel);
      return {
        actions: Object.entries(actions).map(([name, { title, parameters }]) => ({
          name,
          title,
          parameters,
        })),
      };
    },
  }),
  route({
    method: 'POST',
    path: '/channels/:channel/actions/:action',
    permission: 'channels:write',
    summary: 'Does one of them at the channel and answers what it told.',
    params: object({ channel: text(63), action: text(63) }),
    body: object({ parameters: jsonObject() }),
    answer: object({ result: jsonObject() }),
    limits: { perMinute: 30 },
    async handle(call) {
      const { app, params, body } = call;
      const { actions = {} } = await openedSetup(app, params.channel);
      const action = Object.hasOwn(actions, params.action) ? actions[params.action] : undefined;
      if (action === undefined) throw noSuch('action', params.action);
      call.note({ object: `channel ${params.channel}`, after: { action: params.action } });
      const fits = ajv.compile(action.parameters);
      if (!fits(body.parameters)) throw unfit(fits.errors ?? []);
      return { result: await action.run(body.parameters) };
    },
  }),
];

function unfit(
  errors: readonly { readonly instancePath: string; readonly message?: string; readonly params: unknown }[],
): Refusal {
  const pointers = errors.map(({ instancePath, message, params }) => {
    const missing = (params as { missingProperty?: string }).missingProperty;
    const pointer = `/parameters${instancePath}${missing === undefined ? '' : `/${missing}`}`;
    return {
      pointer,
      message: missing === undefined ? (message ?? 'does not fit') : 'is missing',
      advice: null,
    };
  });
  return new Refusal(
    422,
    'parameters_unfit',
    'Something the action asks for is not right.',
    'Correct what is named.',
    pointers,
  );
}
