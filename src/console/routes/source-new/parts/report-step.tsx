import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { SourcePreview } from '../../../../api/shapes/setup.js';
import { ApiProblem } from '../../../app/call.js';
import { useWhyNot } from '../../../app/session.js';
import { count } from '../../../strings/formats.js';
import { say } from '../../../strings/say.js';
import { Button } from '../../../ui/button/button.js';
import { Card } from '../../../ui/card/card.js';
import { Form, fieldError, Refused } from '../../../ui/form/form.js';
import { Waiting } from '../../../ui/skeleton/skeleton.js';
import { TextField } from '../../../ui/text-field/text-field.js';
import { addSource, previewQuery } from '../queries.js';
import { wishOf } from '../search.js';
import type { StepProps } from '../step-props.js';
import { ErrorRows } from './error-rows.js';
import { SampleRows } from './sample-rows.js';
import styles from './source-new.module.css';

/** What an import would bring, as a sum; rows that are set aside with the reason; then the name, and it is imported. */
export function ReportStep({ search, go }: StepProps) {
  const wish = wishOf(search);
  const { data, error } = useQuery(previewQuery(wish));
  const unknown = error instanceof ApiProblem && error.code === 'source_format_unknown';
  return (
    <div className={styles.step}>
      {error && <Refused error={error} />}
      {!data && !error && <Waiting rows={6} words={say('source_new.reading_all')} />}
      {data && (
        <>
          <p className={styles.sum}>{sumOf(data)}</p>
          {data.errors.length > 0 && (
            <Card title={say('source_new.complaints')} flush>
              <ErrorRows errors={data.errors} />
            </Card>
          )}
          <Card title={say('source_new.as_understood')} flush>
            <SampleRows sample={data.sample.slice(0, 20)} />
          </Card>
          <Name search={search} go={go} preview={data} />
        </>
      )}
      {!data && (
        <div className={styles.actions}>
          <Button onPress={() => go({ step: unknown ? 'meaning' : 'reading' })}>{say('wizard.back')}</Button>
        </div>
      )}
    </div>
  );
}

/** `214 rows = 209 variants + 5 set aside`; rows that go on with a variant that was begun are named where there are any. */
function sumOf({ whole, rows, variants, rejectedRows }: SourcePreview): string {
  if (!whole || rows === null || rejectedRows === null)
    return say('source_new.sum_part', { variants: count(variants) });
  const continued = rows - variants - rejectedRows;
  const facts = { rows: count(rows), variants: count(variants), aside: count(rejectedRows) };
  return continued > 0
    ? say('source_new.sum_continued', { ...facts, continued: count(continued) })
    : say('source_new.sum', facts);
}

function Name({ search, go, preview }: StepProps & { readonly preview: SourcePreview }) {
  const [id, setId] = useState(() => nameOf(search.file ?? search.url ?? 'shop'));
  const whyNot = useWhyNot()('sources:write');
  const navigate = useNavigate();
  const client = useQueryClient();
  const wish = wishOf(search);
  const adding = useMutation({
    mutationFn: addSource,
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['sources'] });
      await navigate({ to: '/sources/$source', params: { source: id } });
    },
  });
  const { error } = adding;
  return (
    <Form
      error={error}
      onSubmit={() => {
        if (wish !== null && whyNot === null) adding.mutate({ id, source: wish });
      }}
      actions={
        <>
          <Button onPress={() => go({ step: preview.format?.startsWith('mapped-') ? 'meaning' : 'reading' })}>
            {say('wizard.back')}
          </Button>
          <Button
            kind="primary"
            type="submit"
            pending={adding.isPending}
            whyNot={whyNot ?? (preview.variants === 0 ? say('source_new.nothing') : null)}
          >
            {preview.whole
              ? say('source_new.import', { n: count(preview.variants) })
              : say('source_new.import_all')}
          </Button>
        </>
      }
    >
      <TextField
        label={say('source_new.name')}
        help={say('source_new.name_help')}
        code
        value={id}
        onChange={setId}
        error={fieldError(error, '/id')}
      />
    </Form>
  );
}

/** `products-november.csv` → `products-november`: small letters, digits and dashes. */
export function nameOf(file: string): string {
  const plain = (file.split('/').pop() ?? file)
    .replace(/(\.[a-z0-9]{1,5})+$/i, '')
    .normalize('NFD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 40);
  return plain === '' ? 'products' : plain;
}
