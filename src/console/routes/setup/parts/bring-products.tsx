import { useMutation } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { say } from '../../../strings/say.js';
import { Button, buttonClass } from '../../../ui/button/button.js';
import { FileDrop } from '../../../ui/file-drop/file-drop.js';
import { Refused } from '../../../ui/form/form.js';
import { ProgressBar } from '../../../ui/progress-bar/progress-bar.js';
import { upload, uploadExample } from '../../source-new/queries.js';
import styles from './setup.module.css';

/** The products: a file, a shop, or the example. Each leads into its own wizard. */
export function BringProducts() {
  const navigate = useNavigate();
  const to = (id: string, file: string) =>
    navigate({ to: '/sources/new', search: { upload: id, file, step: 'reading' } });
  const handing = useMutation({
    mutationFn: (file: File) => upload(file),
    onSuccess: ({ id }, file) => to(id, file.name),
  });
  const trying = useMutation({
    mutationFn: uploadExample,
    onSuccess: ({ id }) => to(id, 'example-shop.csv'),
  });
  const error = handing.error ?? trying.error;
  return (
    <div className={styles.products}>
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
          onFile={(file) => handing.mutate(file)}
        />
      )}
      <div className={styles.ways}>
        <Link to="/channels/new" search={{ kind: 'shop' }} className={buttonClass()}>
          {say('source_new.shop_action')}
        </Link>
        <Button pending={trying.isPending} onPress={() => trying.mutate()}>
          {say('source_new.example_action')}
        </Button>
        <Link to="/start" className={buttonClass('quiet')}>
          {say('setup.later')}
        </Link>
      </div>
    </div>
  );
}
