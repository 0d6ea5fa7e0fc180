import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useWhyNot } from '../../../app/session.js';
import { say } from '../../../strings/say.js';
import { Button, buttonClass } from '../../../ui/button/button.js';
import { FileDrop } from '../../../ui/file-drop/file-drop.js';
import { Refused } from '../../../ui/form/form.js';
import { ProgressBar } from '../../../ui/progress-bar/progress-bar.js';
import { TextField } from '../../../ui/text-field/text-field.js';
import { upload, uploadExample } from '../queries.js';
import type { StepProps } from '../step-props.js';
import styles from './source-new.module.css';

/** Where the products are: a file, an address, a shop, or the example. Whatever is chosen anew is read anew. */
export function WhereStep({ search, go }: StepProps) {
  const whyNot = useWhyNot()('sources:write');
  const [url, setUrl] = useState(search.url ?? '');
  const from = (place: { upload?: string; file?: string; url?: string }): void =>
    go({
      upload: undefined,
      file: undefined,
      url: undefined,
      encoding: undefined,
      delimiter: undefined,
      columns: undefined,
      ...place,
      step: 'reading',
    });
  const handing = useMutation({
    mutationFn: (file: File) => upload(file),
    onSuccess: ({ id }, file) => from({ upload: id, file: file.name }),
  });
  const trying = useMutation({
    mutationFn: uploadExample,
    onSuccess: ({ id }) => from({ upload: id, file: 'example-shop.csv' }),
  });
  const error = handing.error ?? trying.error;
  return (
    <div className={styles.step}>
      {error && <Refused error={error} />}
      {handing.isPending ? (
        <ProgressBar
          label={say('source_new.handing', { file: handing.variables.name })}
          done={0}
          total={null}
        />
      ) : (
        <FileDrop
          label={say('source_new.drop')}
          help={say('source_new.drop_help')}
          accept=".csv,.tsv,.txt,.xml,.json,.jsonl,.xlsx,.gz"
          chosen={search.file ?? null}
          onFile={(file) => {
            if (whyNot === null) handing.mutate(file);
          }}
        />
      )}
      <div className={styles.ways}>
        <form
          className={styles.way}
          onSubmit={(event) => {
            event.preventDefault();
            if (url.trim() !== '') from({ url: url.trim() });
          }}
        >
          <h2>{say('source_new.url')}</h2>
          <p>{say('source_new.url_text')}</p>
          <TextField label={say('source_new.address')} code type="url" value={url} onChange={setUrl} />
          <Button
            type="submit"
            whyNot={whyNot ?? (url.trim() === '' ? say('source_new.address_first') : null)}
          >
            {say('source_new.read')}
          </Button>
        </form>
        <div className={styles.way}>
          <h2>{say('source_new.shop')}</h2>
          <p>{say('source_new.shop_text')}</p>
          <Link to="/channels/new" search={{ kind: 'shop' }} className={buttonClass()}>
            {say('source_new.shop_action')}
          </Link>
        </div>
        <div className={styles.way}>
          <h2>{say('source_new.example')}</h2>
          <p>{say('source_new.example_text')}</p>
          <Button whyNot={whyNot} pending={trying.isPending} onPress={() => trying.mutate()}>
            {say('source_new.example_action')}
          </Button>
        </div>
      </div>
    </div>
  );
}
