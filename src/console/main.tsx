import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { I18nProvider, RouterProvider as KitRouter } from 'react-aria-components';
import { createRoot } from 'react-dom/client';
import { queryClient } from './app/query-client.js';
import { router } from './app/router.js';
import { language, loadSentences } from './strings/say.js';
import './style/tokens.css';
import './style/base.css';

/** The kit takes the direction from a language; the page's own direction wins where a person turned it. */
function kitLanguage(): string {
  return document.documentElement.dir === 'rtl' ? 'ar-u-nu-latn' : language();
}

/** Fetched once more when the first try does not get through; without sentences there is no page. */
async function begin(place: HTMLElement): Promise<void> {
  const english = new URL('./strings/en.json', import.meta.url).href;
  await loadSentences(english).catch(() => loadSentences(english));
  createRoot(place).render(
    <StrictMode>
      <I18nProvider locale={kitLanguage()}>
        <KitRouter navigate={(path) => void router.navigate({ to: path })}>
          <QueryClientProvider client={queryClient}>
            <RouterProvider router={router} />
          </QueryClientProvider>
        </KitRouter>
      </I18nProvider>
    </StrictMode>,
  );
}

const place = document.getElementById('console');
if (place)
  begin(place).catch(() => {
    place.textContent = 'Omnifeed does not answer. Load the page again.';
  });
