/** Writes the generated pages of docs/. */
import { writeFileSync } from 'node:fs';
import { docsFolder, pages } from './pages.ts';

for (const [name, render] of Object.entries(pages)) writeFileSync(new URL(name, docsFolder), render());
