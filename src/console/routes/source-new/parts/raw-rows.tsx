import type { SourceLook } from '../../../../api/shapes/setup.js';
import { say } from '../../../strings/say.js';
import styles from './source-new.module.css';

const SHOWN = 12;

/** The first rows as they are written, cell by cell; scrolls inside its own region. */
export function RawRows({ look: { columns, rows } }: { readonly look: SourceLook }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section className={styles.rows} aria-label={say('source_new.as_written')} tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">{say('source_new.line')}</th>
            {columns.map((name, place) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a file may have two columns of one name
              <th key={place} scope="col">
                <bdi>{name}</bdi>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, SHOWN).map(({ line, cells }) => (
            <tr key={line}>
              <th scope="row">{line}</th>
              {columns.map((_name, place) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: cells are known by their place
                <td key={place}>
                  <bdi>{cells[place]}</bdi>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
