import { isIP } from 'node:net';
import { hostname } from 'node:os';

const loopbackNames = ['localhost', '127.0.0.1', '::1'];
const wildcardHosts = ['0.0.0.0', '::'];

export interface ServedHosts {
  /** True for a `Host` header that this service answers to. Ports are not compared: a port may be forwarded. */
  hostServed(header: string | undefined): boolean;
  /** True for an `Origin` that is the service's own page: a served host on the port that was asked, or an allowed one. */
  originServed(origin: string, hostHeader: string | undefined): boolean;
}

export interface ServedHostsConfig {
  host: string;
  /** More names that the service is reached by (behind a reverse proxy or a container's name). */
  allowedHosts: readonly string[];
  /** Origins of pages that may call it although they are served elsewhere, `https://risk.example.com`. */
  allowedOrigins: readonly string[];
}

/**
 * A web page that a browser on this machine has open can send requests to a loopback service, and by DNS rebinding even
 * read the answers under a name of its own. Its requests carry that name as `Host`, or its address as `Origin`: both
 * must be ours. An address literal cannot be rebound, so on a wildcard bind each is served.
 */
export function servedHosts({ host, allowedHosts, allowedOrigins }: ServedHostsConfig): ServedHosts {
  const names = new Set([...loopbackNames, unbracketed(host.toLowerCase()), ...allowedHosts.map(hostOnly)]);
  const wildcard = wildcardHosts.includes(host);
  if (wildcard) names.add(hostname().toLowerCase());
  const origins = new Set(allowedOrigins.map((origin) => origin.toLowerCase()));

  const nameServed = (name: string) => names.has(name) || (wildcard && isIP(name) !== 0);
  // The same few headers come with every request; parsing each anew would cost more than the rest of the check.
  let lastServedHeader: string | undefined;

  const hostServed = (header: string | undefined): boolean => {
    if (header === undefined) return false;
    if (header === lastServedHeader) return true;
    const url = parsed(`http://${header}`);
    if (url === undefined || url.pathname !== '/' || url.username !== '' || url.search !== '') return false;
    if (!nameServed(unbracketed(url.hostname))) return false;
    lastServedHeader = header;
    return true;
  };

  const originServed = (origin: string, hostHeader: string | undefined): boolean => {
    if (origins.has(origin.toLowerCase())) return true;
    const url = parsed(origin);
    if (url === undefined || (url.protocol !== 'http:' && url.protocol !== 'https:')) return false;
    // The host's port is read by the origin's scheme, so that `https://name` matches `Host: name` behind a TLS proxy.
    const asked = parsed(`${url.protocol}//${hostHeader ?? ''}`);
    return nameServed(unbracketed(url.hostname)) && asked !== undefined && asked.port === url.port;
  };

  return { hostServed, originServed };
}

const unbracketed = (name: string): string => (name.startsWith('[') ? name.slice(1, -1) : name);

/** `allowedHosts` may be written with a port; only the name counts. */
const hostOnly = (written: string): string => {
  const url = parsed(`http://${written}`);
  return url === undefined ? written.toLowerCase() : unbracketed(url.hostname);
};

function parsed(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined;
}
