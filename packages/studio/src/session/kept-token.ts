/** The token lives as long as the tab: it is in no address, no history and no other tab. */
const TOKEN_KEY = 'inspector-token';

/** Takes a token out of the address's fragment, which never reaches a server, and clears it there. */
export function takeTokenFromAddress(): boolean {
  const token = new URLSearchParams(location.hash.slice(1)).get('token');
  if (token === null) return false;
  keepToken(token);
  history.replaceState(null, '', location.pathname + location.search);
  return true;
}

export const keptToken = (): string | null => sessionStorage.getItem(TOKEN_KEY);
export const keepToken = (token: string): void => sessionStorage.setItem(TOKEN_KEY, token.trim());
export const dropToken = (): void => sessionStorage.removeItem(TOKEN_KEY);
