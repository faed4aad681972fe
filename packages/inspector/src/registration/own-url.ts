import { hostname } from 'node:os';
import { isLoopbackHost } from '@inspector/contract';

const wildcardHosts: readonly string[] = ['0.0.0.0', '::'];

/** Where the Provider reaches this Inspector: by loopback on one machine, else by this machine's name when it listens everywhere. */
export function ownUrl(url: string, { host, providerUrl }: { host: string; providerUrl: string }): string {
  if (!wildcardHosts.includes(host)) return url;
  const provider = new URL(providerUrl).hostname.replace(/^\[|\]$/g, '');
  const name = isLoopbackHost(provider) ? '127.0.0.1' : hostname();
  return `http://${name}:${new URL(url).port}`;
}
