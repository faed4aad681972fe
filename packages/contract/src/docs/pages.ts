import { codesPage } from './codes-page.ts';
import { environmentPage } from './environment-page.ts';
import { metricsPage } from './metrics-page.ts';
import { optionsPage } from './options-page.ts';

/** The generated pages of docs/, by file name. */
export const pages: Readonly<Record<string, () => string>> = {
  'options.md': optionsPage,
  'codes.md': codesPage,
  'environment.md': environmentPage,
  'metrics.md': metricsPage,
};

/** Where they belong. */
export const docsFolder = new URL('../../../../docs/', import.meta.url);
