import path from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/**
 * The console: `npm run build` writes it to dist/console, from where the server hands it out under a strict content security policy.
 * While working on it, `npm run console` serves the sources and passes calls of the API on to a running house (OMNIFEED_URL).
 */
export default defineConfig(({ command }) => ({
  root: path.join(import.meta.dirname, 'src/console'),
  base: '/',
  plugins: [react()],
  build: {
    outDir: path.join(import.meta.dirname, 'dist/console'),
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0, // the policy allows no script or style that is not a file of ours
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 900, // sizes are held by test/console/bundle-budget.test.ts
    manifest: 'manifest.json', // what the test of the budget reads
  },
  server: {
    host: '127.0.0.1',
    proxy: { '/api': process.env.OMNIFEED_URL ?? 'http://127.0.0.1:8080' },
  },
  define: { 'import.meta.env.STORIES': JSON.stringify(command === 'serve') },
}));
