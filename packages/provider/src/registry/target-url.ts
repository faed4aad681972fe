import { isLoopbackHost } from '@inspector/service';

export interface TargetHosts {
  /** Hosts beyond loopback that targets may run on, as `host` (any port) or `host:port`, from configuration only. */
  allowed: readonly string[];
  /** The Provider's own port: a target there would be a loop. */
  ownPort(): number | undefined;
}

export type TargetUrl = { ok: true; origin: string } | { ok: false; message: string };

/**
 * The origin of a target, or why it may not be one. Whoever registers chooses where the Provider sends requests, so an
 * address is taken only when it is loopback, or a host that the operator has configured, written literally: no name is
 * looked up to decide, and redirects are not followed. Only `/api/*` is ever asked of it.
 */
export function targetUrl(written: string, hosts: TargetHosts): TargetUrl {
  if (!URL.canParse(written)) return refused('is not a URL');
  const url = new URL(written);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return refused('must begin with http:// or https://');
  if (url.username !== '' || url.password !== '') return refused('must not carry credentials');
  if ((url.pathname !== '/' && !/^\/api\/?$/.test(url.pathname)) || url.search !== '' || url.hash !== '') {
    return refused('must be an origin such as http://127.0.0.1:8008, without path or query');
  }
  const name = url.hostname.startsWith('[') ? url.hostname.slice(1, -1) : url.hostname;
  const configured = hosts.allowed.some((allowed) => [name, url.hostname, url.host].includes(allowed.toLowerCase()));
  const loopback = isLoopbackAddress(name);
  if (!loopback && !configured) {
    return refused(`${url.host} is neither loopback nor a configured target host`);
  }
  const port = url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port);
  if (loopback && port === hosts.ownPort()) return refused("is this Provider's own address");
  return { ok: true, origin: url.origin };
}

/** `127.evil.example` begins like a loopback address and is none. */
const isLoopbackAddress = (name: string): boolean =>
  isLoopbackHost(name) && (name === 'localhost' || name === '::1' || /^127(\.\d{1,3}){3}$/.test(name));

const refused = (message: string): TargetUrl => ({ ok: false, message });
