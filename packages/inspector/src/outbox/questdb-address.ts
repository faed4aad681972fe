/** Where QuestDB is and how to be let in. Only `shown` may be told to anybody. */
export interface QuestdbAddress {
  isSecure: boolean;
  host: string;
  port: number;
  /** What stands before `/exec` and `/write`, for a server behind a proxy; without a slash at its end. */
  path: string;
  authorization: string | undefined;
  /** `http://host:9000`, without credentials. */
  shown: string;
}

/** Of `http://host:9000`, with `user:password@` for a password and `:token@` for a bearer token. Throws on anything else. */
export function questdbAddress(url: string): QuestdbAddress {
  const { protocol, hostname, port, pathname, username, password } = new URL(url);
  if (protocol !== 'http:' && protocol !== 'https:')
    throw new Error('the address of QuestDB begins with http:// or https://');
  const host = hostname.replace(/^\[|\]$/g, '');
  const isSecure = protocol === 'https:';
  // As in any address: a port that is not written is the scheme's own, where a proxy may stand before QuestDB.
  const portNumber = port === '' ? (isSecure ? 443 : 80) : Number(port);
  return {
    isSecure,
    host,
    port: portNumber,
    path: pathname.replace(/\/+$/, ''),
    authorization: authorizationOf(decodeURIComponent(username), decodeURIComponent(password)),
    shown: `${protocol}//${hostname}:${portNumber}`,
  };
}

function authorizationOf(user: string, password: string): string | undefined {
  if (user === '') return password === '' ? undefined : `Bearer ${password}`;
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
}
