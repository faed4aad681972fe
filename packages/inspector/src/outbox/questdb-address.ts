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

const DEFAULT_PORT = 9000;

/** Of `http://host:9000`, with `user:password@` for a password and `:token@` for a bearer token. Throws on anything else. */
export function questdbAddress(url: string): QuestdbAddress {
  const { protocol, hostname, port, pathname, username, password } = new URL(url);
  if (protocol !== 'http:' && protocol !== 'https:')
    throw new Error('the address of QuestDB begins with http:// or https://');
  const host = hostname.replace(/^\[|\]$/g, '');
  const portNumber = port === '' ? DEFAULT_PORT : Number(port);
  return {
    isSecure: protocol === 'https:',
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
