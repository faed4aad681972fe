import { isObject, type JsonObject } from './option-tree.ts';

/** An edit that is not applied yet, with the version and the options it began with. */
export interface Edit {
  version: number;
  base: JsonObject;
  edited: JsonObject;
}

/** What of `Storage` is needed. */
export interface EditStorage {
  readonly length: number;
  key(index: number): string | null;
  getItem(name: string): string | null;
  setItem(name: string, value: string): void;
  removeItem(name: string): void;
}

/** Edits of older versions that are kept: more would be of no use, and storage is bounded. */
const KEPT_EDITS = 3;

const prefixOf = (appKey: string): string => `inspector-options-edit.${appKey}.`;

function versionsOf(storage: EditStorage, appKey: string): number[] {
  const prefix = prefixOf(appKey);
  return Array.from({ length: storage.length }, (_, index) => storage.key(index))
    .filter((name) => name?.startsWith(prefix) === true)
    .map((name) => Number(name?.slice(prefix.length)))
    .filter(Number.isInteger)
    .sort((a, b) => b - a);
}

/** The edit begun with the newest version, null when there is none or it cannot be read. */
export function keptEdit(storage: EditStorage, appKey: string): Edit | null {
  for (const version of versionsOf(storage, appKey)) {
    try {
      const kept: unknown = JSON.parse(storage.getItem(prefixOf(appKey) + version) ?? 'null');
      if (isObject(kept) && isObject(kept.base) && isObject(kept.edited)) {
        return { version, base: kept.base, edited: kept.edited };
      }
    } catch {
      // Not written by this page: it is as good as none.
    }
  }
  return null;
}

/** Keeps the edit of a version. False when the browser has no room for it. */
export function keepEdit(storage: EditStorage, appKey: string, { version, base, edited }: Edit): boolean {
  try {
    storage.setItem(prefixOf(appKey) + version, JSON.stringify({ base, edited }));
  } catch {
    return false;
  }
  for (const old of versionsOf(storage, appKey).slice(KEPT_EDITS)) storage.removeItem(prefixOf(appKey) + old);
  return true;
}

/** Forgets every edit of that Inspector. */
export function dropEdits(storage: EditStorage, appKey: string): void {
  for (const version of versionsOf(storage, appKey)) storage.removeItem(prefixOf(appKey) + version);
}
