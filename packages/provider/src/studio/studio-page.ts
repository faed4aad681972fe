import { type Service, securePages } from '@inspector/service';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type PageFile, readBuiltPage } from './built-page.ts';
import { unbuiltPage } from './unbuilt-page.ts';

export interface StudioPageConfig {
  /** Where the build put the page; undefined or without a page: `/` says how to build it. */
  directory: string | undefined;
  /** The Inspector that the page shows, through the proxy. */
  inspectorAppKey: string;
  version: string;
}

/** A name with a hash in it never stands for anything else. */
const FOR_EVER = 'public, max-age=31536000, immutable';
/** Asked for again each time, so that a new build is seen at the next opening. */
const ASK_AGAIN = 'no-cache';

const HTML = 'text/html; charset=utf-8';
const open = { config: { role: 'public' }, schema: { hide: true } } as const;

/** Studio at `/`. The page is open and holds no data; its script reads them with the token that somebody gave it. */
export async function registerStudioPage(app: Service, config: StudioPageConfig): Promise<void> {
  const { directory, inspectorAppKey, version } = config;
  const built = directory === undefined ? undefined : readBuiltPage(directory);
  const html = (built?.html ?? unbuiltPage)
    .replaceAll('{{appKey}}', escaped(inspectorAppKey))
    .replaceAll('{{version}}', escaped(version));
  await app.register(async (pages) => {
    await securePages(pages);
    pages.get('/', open, (_request, reply) => reply.type(HTML).header('cache-control', ASK_AGAIN).send(html));
    for (const [path, file] of built?.files ?? []) {
      pages.get(path, open, (request, reply) => sendFile(request, reply, file));
    }
    const icon = built?.files.get('/icon.svg');
    if (icon !== undefined) pages.get('/favicon.ico', open, (request, reply) => sendFile(request, reply, icon));
  });
}

async function sendFile({ headers }: FastifyRequest, reply: FastifyReply, file: PageFile): Promise<FastifyReply> {
  const { type, content, isHashed, compressed } = file;
  reply
    .type(type)
    .header('cache-control', isHashed ? FOR_EVER : ASK_AGAIN)
    .header('vary', 'accept-encoding');
  if (!/\bgzip\b/.test(headers['accept-encoding'] ?? '')) return reply.send(content);
  return reply.header('content-encoding', 'gzip').send(await compressed());
}

const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
