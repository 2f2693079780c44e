import { defineConfig } from 'vite';

// eslint-disable-next-line no-restricted-syntax -- Vite reads its configuration from the default export.
export default defineConfig({
  root: import.meta.dirname,
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  resolve: { conditions: ['@sos/source', 'module', 'browser', 'development|production'] },
  build: {
    outDir: process.env['SOS_WEB_OUT'] ?? 'dist',
    emptyOutDir: true,
    target: 'es2022',
    manifest: true,
    // An inlined asset would need a wider content policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: { host: '127.0.0.1', proxy: { '/api': { target: 'http://127.0.0.1:8640', ws: true } } },
});
