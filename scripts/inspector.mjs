#!/usr/bin/env node
// The `inspector` program: as TypeScript in a checkout, as the JavaScript of `dist` in an installed package.
import { existsSync } from 'node:fs';
import { at, ensureInstalled, launch } from './launcher.mjs';

/** What runs for months allocates little at a time: a small young generation keeps its memory a third lower. */
const SMALL_YOUNG_GENERATION = '--max-semi-space-size=4';
const servers = ['up', 'serve', 'provider'];
/** Those that serve the page. */
const pageServers = ['up', 'provider'];

const args = process.argv.slice(2);
const source = at('packages/cli/src/main.ts');
const isCheckout = existsSync(source);
if (isCheckout) ensureInstalled();
if (isCheckout && pageServers.includes(args[0]) && !args.includes('--help')) {
  const { ensureStudioBuilt } = await import('./studio.mjs');
  ensureStudioBuilt();
}
const program = isCheckout ? source : at('dist/cli/src/main.js');
launch([...(servers.includes(args[0]) ? [SMALL_YOUNG_GENERATION] : []), program, ...args]);
