#!/usr/bin/env node
// The `inspector` program: as TypeScript in a checkout, as the JavaScript of `dist` in an installed package.
import { existsSync } from 'node:fs';
import { at, ensureInstalled, launch } from './launcher.mjs';

const source = at('packages/cli/src/main.ts');
const isCheckout = existsSync(source);
if (isCheckout) ensureInstalled();
launch([isCheckout ? source : at('dist/cli/src/main.js'), ...process.argv.slice(2)]);
