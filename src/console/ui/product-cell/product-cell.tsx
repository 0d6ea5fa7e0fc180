import type { ReactNode } from 'react';
import { Code } from '../code/code.js';
import { Thumb } from '../thumb/thumb.js';
import styles from './product-cell.module.css';

interface Props {
  readonly title: string;
  readonly sku: string;
  readonly image: string | null;
  /** The title as a link. */
  link(title: ReactNode): ReactNode;
  /** Beside the SKU. */
  readonly beside?: ReactNode;
}

/** The first cell of lists of products and listings: picture, title, SKU. */
export function ProductCell({ title, sku, image, link, beside }: Props) {
  return (
    <span className={styles.cell}>
      <Thumb src={image} title={title} />
      <span className={styles.words}>
        <span className={styles.title} title={title}>
          {link(<bdi>{title}</bdi>)}
        </span>
        <span className={styles.under}>
          <Code>{sku}</Code>
          {beside}
        </span>
      </span>
    </span>
  );
}
