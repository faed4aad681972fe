import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

/** Where `npm run dev` finds a running Provider. */
const provider = process.env.PROVIDER_URL ?? 'http://127.0.0.1:8081';

/** What the Provider writes into the page when it serves it. */
const asServed: Plugin = {
  name: 'as-served',
  apply: 'serve',
  transformIndexHtml: (html) =>
    html
      .replaceAll('{{appKey}}', process.env.INSPECTOR_APP_KEY ?? 'inspector')
      .replaceAll('{{version}}', 'in development'),
};

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), asServed],
  build: {
    outDir: process.env.STUDIO_OUT_DIR ?? 'dist',
    emptyOutDir: true,
    target: 'es2023',
    // One stylesheet with the page: a view's own would be fetched when it is opened, and without a server it could not be.
    cssCodeSplit: false,
    // They would double what is packed, and the sources are at hand.
    sourcemap: false,
    // What is in a stylesheet as data: would need a wider content security policy.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 900,
    reportCompressedSize: false,
  },
  server: {
    proxy: {
      // The Provider takes commands from its own pages only: to it this one is one of them.
      '/api': { target: provider, changeOrigin: true, headers: { origin: provider } },
      '/ws': { target: provider, ws: true, changeOrigin: true, headers: { origin: provider } },
    },
  },
});
