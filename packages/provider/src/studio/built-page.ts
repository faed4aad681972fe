import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

/** A file of the built page, in memory: a build beside a running Provider changes nothing of what it serves. */
export interface PageFile {
  type: string;
  content: Buffer;
  /** Its name holds a hash of its content: it can be kept for ever. */
  isHashed: boolean;
  /** Compressed when first asked for, in another thread, and once. */
  compressed(): Promise<Buffer>;
}

/** The built page: `index.html` as a text with places to fill, and the other files by their path. */
export interface BuiltPage {
  html: string;
  files: ReadonlyMap<string, PageFile>;
}

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

const compress = promisify(gzip);

/** Reads what the build made, a few MB; undefined where nothing was built. */
export function readBuiltPage(directory: string): BuiltPage | undefined {
  const index = join(directory, 'index.html');
  if (!existsSync(index)) return undefined;
  const names = readdirSync(directory, { recursive: true, encoding: 'utf8' }).map((name) => name.replaceAll('\\', '/'));
  const files = names.flatMap((name): [string, PageFile][] => {
    const type = types[extname(name)];
    return type === undefined ? [] : [[`/${name}`, pageFile(join(directory, name), type, name.startsWith('assets/'))]];
  });
  return { html: readFileSync(index, 'utf8'), files: new Map(files) };
}

function pageFile(path: string, type: string, isHashed: boolean): PageFile {
  const content = readFileSync(path);
  let compressed: Promise<Buffer> | undefined;
  return {
    type,
    content,
    isHashed,
    compressed() {
      compressed ??= compress(content);
      return compressed;
    },
  };
}
