import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse, parseAllDocuments } from 'yaml';

const folder = new URL('../', import.meta.url);

/** The path of a file of deploy/. */
export const deployPath = (name: string): string => fileURLToPath(new URL(name, folder));

/** Its text. */
export const deployText = (name: string): string => readFileSync(deployPath(name), 'utf8');

/** Its one YAML document, anchors and merge keys resolved. A key that is there twice is an error. */
export const deployYaml = (name: string): unknown => parse(deployText(name), { merge: true, strict: true });

/** All its YAML documents. */
export function deployDocuments(name: string): unknown[] {
  return parseAllDocuments(deployText(name), { strict: true }).map((document) => {
    if (document.errors.length > 0) throw document.errors[0];
    return document.toJS();
  });
}
