import { useSyncExternalStore } from 'react';

/** `#/audit?kind=ORDER_SENT` is the view `audit` with one parameter. */
export interface Route {
  view: string;
  params: Readonly<Record<string, string>>;
}

export const FIRST_VIEW = 'now';

export function parseRoute(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?');
  return { view: path === '' ? FIRST_VIEW : path, params: Object.fromEntries(new URLSearchParams(query)) };
}

/** The address of a view, for `href` and `goTo`: `routeTo('audit', { kind: 'ORDER_SENT' })`. */
export function routeTo(view: string, params: Readonly<Record<string, string | undefined>> = {}): string {
  const given = Object.entries(params).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return given.length === 0 ? `#/${view}` : `#/${view}?${new URLSearchParams(given)}`;
}

let lastHash: string | undefined;
let lastRoute = parseRoute('');

function currentRoute(): Route {
  if (location.hash !== lastHash) {
    lastHash = location.hash;
    lastRoute = parseRoute(lastHash);
  }
  return lastRoute;
}

function subscribe(listener: () => void): () => void {
  addEventListener('hashchange', listener);
  return () => removeEventListener('hashchange', listener);
}

/** The view that is open, with its parameters. */
export const useRoute = (): Route => useSyncExternalStore(subscribe, currentRoute);

/** Opens a view. `replace`: without a step back in the browser's history, for a filter that is being typed. */
export function goTo(href: string, { replace = false }: { replace?: boolean } = {}): void {
  if (!replace) {
    location.hash = href;
    return;
  }
  history.replaceState(null, '', href);
  dispatchEvent(new HashChangeEvent('hashchange'));
}
