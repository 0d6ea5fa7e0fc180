import type { ConnectorRow, GuideStep } from '../../app/channels.js';
import { say } from '../../strings/say.js';

/** Steps of every wizard, after those of the guide. */
type CommonStep = 'market' | 'orders' | 'ready' | 'start';

/** A step of a wizard: one of the guide, or one all have. */
export interface WizardStep {
  readonly id: string;
  readonly title: string;
  /** Null: one that all wizards have. */
  readonly guide: GuideStep | null;
}

/** The steps for a connector. A channel that is practised on brings its settings: nothing is asked on the channel's own site. */
export function stepsOf(
  { guide, lists, settingsSchema }: ConnectorRow,
  practice: boolean,
): readonly WizardStep[] {
  const own = guide?.steps ?? [everything(settingsSchema)];
  const common: readonly CommonStep[] = [
    'market',
    ...(guide?.sells ? (['orders'] as const) : []),
    ...(lists ? (['ready'] as const) : []),
    'start',
  ];
  return [
    ...(practice ? [] : own.map((step) => ({ id: step.id, title: step.title, guide: step }))),
    ...common.map((id) => ({ id, title: say(`connect.${id}`), guide: null })),
  ];
}

/** One step that asks for all settings. */
function everything(schema: ConnectorRow['settingsSchema']): GuideStep {
  const { properties } = schema;
  const fields = typeof properties === 'object' && properties !== null ? Object.keys(properties) : [];
  return {
    id: 'settings',
    title: say('connect.settings'),
    says: [],
    fields,
    why: '',
    where: null,
    check: true,
    shows: null,
    action: null,
  };
}
