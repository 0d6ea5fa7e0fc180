import { useState } from 'react';
import styles from './thumb.module.css';

interface Props {
  /** Address at this server; one of any other host, or null, shows the letter: the page never asks a merchant's host. */
  readonly src: string | null;
  /** The product's title: its first letter stands where there is no picture. */
  readonly title: string;
  readonly large?: boolean;
}

/** A small picture of a product, through the server's guarded door. Decoration beside its title. */
export function Thumb({ src, title, large }: Props) {
  const [gone, setGone] = useState(false);
  const shape = `${styles.thumb} ${large ? styles.large : ''}`;
  if (src?.startsWith('/') !== true || gone)
    return (
      <span className={`${shape} ${styles.letter}`} aria-hidden="true">
        {[...title.trim()][0]?.toUpperCase() ?? '·'}
      </span>
    );
  return (
    <img
      src={src}
      alt=""
      className={shape}
      loading="lazy"
      decoding="async"
      width={large ? 160 : 36}
      height={large ? 160 : 36}
      onError={() => setGone(true)}
    />
  );
}
