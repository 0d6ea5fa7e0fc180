import { createRootRoute, createRouter, RouterProvider } from '@tanstack/react-router';
import type { ComponentType } from 'react';
import { createRoot } from 'react-dom/client';
import { loadSentences } from '../strings/say.js';
import { Toasts } from '../ui/toast/toast.js';
import '../style/tokens.css';
import '../style/base.css';
import styles from './stories.module.css';

const found = import.meta.glob<{ Story: ComponentType }>('../ui/*/*.story.tsx', { eager: true });

/** Every component of the kit in every state, on one page: `npm run console`, then /stories/. Not part of the build. */
function Stories() {
  return (
    <>
      <h1>Components</h1>
      {Object.entries(found).map(([path, { Story }]) => (
        <section key={path} className={styles.story} aria-label={path}>
          <h2>{path.split('/').at(-2)}</h2>
          <div className={styles.examples}>
            <Story />
          </div>
        </section>
      ))}
      <Toasts />
    </>
  );
}

const router = createRouter({
  routeTree: createRootRoute({ component: Stories, notFoundComponent: Stories }),
});
const place = document.getElementById('stories');
if (place)
  void loadSentences(new URL('../strings/en.json', import.meta.url).href).then(() =>
    createRoot(place).render(<RouterProvider router={router as never} />),
  );
