import { getRouteApi } from '@tanstack/react-router';
import { say } from '../../strings/say.js';
import { PageHead } from '../../ui/page-head/page-head.js';
import { Stepper } from '../../ui/stepper/stepper.js';
import { MeaningStep } from './parts/meaning-step.js';
import { ReadingStep } from './parts/reading-step.js';
import { ReportStep } from './parts/report-step.js';
import styles from './parts/source-new.module.css';
import { WhereStep } from './parts/where-step.js';
import { type SourceNewSearch, STEPS, type WizardStep, wishOf } from './search.js';

const route = getRouteApi('/shell/sources/new');

const VIEWS = { where: WhereStep, reading: ReadingStep, meaning: MeaningStep, report: ReportStep } as const;

/** Brings products: where they are, how they are written, what columns mean, what an import would bring. */
export function SourceNewPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const step: WizardStep = wishOf(search) === null ? 'where' : (search.step ?? 'where');
  const at = STEPS.indexOf(step);
  const go = (more: SourceNewSearch): void =>
    void navigate({ search: (before) => ({ ...before, ...more }), resetScroll: false });
  const View = VIEWS[step];
  return (
    <>
      <PageHead
        title={say('source_new.title')}
        name={[say(`source_new.${step}`), say('source_new.title')]}
        beside={(search.file ?? search.url) !== undefined && <bdi>{search.file ?? search.url}</bdi>}
      />
      <div className={styles.frame}>
        <Stepper
          label={say('source_new.steps')}
          current={step}
          steps={STEPS.map((id, place) => ({ id, title: say(`source_new.${id}`), done: place < at }))}
          onStep={(id) => go({ step: STEPS.find((known) => known === id) })}
        />
        <View search={search} go={go} />
      </div>
    </>
  );
}
