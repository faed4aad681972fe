import { readFileSync } from 'node:fs';
import { type Service, securePages } from '@inspector/service';

export interface StatusPageConfig {
  /** The Inspector that the page shows, through the proxy. */
  inspectorAppKey: string;
  version: string;
}

const files = [
  { path: '/status/page.css', file: 'page.css', type: 'text/css; charset=utf-8' },
  { path: '/status/page.js', file: 'page.js', type: 'text/javascript; charset=utf-8' },
  { path: '/status/icon.svg', file: 'icon.svg', type: 'image/svg+xml' },
  { path: '/favicon.ico', file: 'icon.svg', type: 'image/svg+xml' },
];

/**
 * The page at `/`: governor, result of the day, positions, limits, decisions and audit of one Inspector. The page itself
 * is open and holds no data; its script reads them with the token that the address's fragment gave.
 */
export async function registerStatusPage(app: Service, { inspectorAppKey, version }: StatusPageConfig): Promise<void> {
  const page = read('index.html')
    .replaceAll('{{appKey}}', escaped(inspectorAppKey))
    .replaceAll('{{version}}', escaped(version));
  await app.register(async (pages) => {
    await securePages(pages);
    const options = { config: { role: 'public' }, schema: { hide: true } } as const;
    pages.get('/', options, (_request, reply) => reply.type('text/html; charset=utf-8').send(page));
    for (const { path, file, type } of files) {
      const content = read(file);
      pages.get(path, options, (_request, reply) => reply.type(type).send(content));
    }
  });
}

const read = (file: string): string => readFileSync(new URL(`page/${file}`, import.meta.url), 'utf8');

const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
