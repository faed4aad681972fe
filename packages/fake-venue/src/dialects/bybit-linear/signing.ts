import { createHmac, timingSafeEqual } from 'node:crypto';
import type { WireRequest } from '#server/wire.ts';
import { BybitError } from './errors.ts';

/** How far ahead of the venue's clock a request must stay below. */
const MAX_AHEAD_MS = 1000;
const DEFAULT_RECV_WINDOW_MS = 5000;

export interface KeyPair {
  apiKey: string;
  secret: string;
}

export const wrongKey = (): BybitError => new BybitError(10003, 'API key is invalid.');

/** Whether it is the HMAC-SHA256 of the text, in hexadecimal. */
export function isSignatureOf(sent: string, text: string, secret: string): boolean {
  const wanted = createHmac('sha256', secret).update(text).digest('hex');
  return sent.length === wanted.length && timingSafeEqual(Buffer.from(sent.toLowerCase()), Buffer.from(wanted));
}

/** Checks key, time and signature of a signed call. That they are checked in this order is assumed. */
export function checkSigned(request: WireRequest, { apiKey, secret }: KeyPair, now: number): void {
  const header = (name: string): string => {
    const value = request.headers[name];
    return typeof value === 'string' ? value : '';
  };
  const key = header('x-bapi-api-key');
  const sentAt = header('x-bapi-timestamp');
  if (key === '' || sentAt === '' || header('x-bapi-sign') === '') {
    throw new BybitError(10003, 'API key is invalid.', 401);
  }
  if (key !== apiKey) throw wrongKey();
  const window = header('x-bapi-recv-window');
  checkTime(Number(sentAt), window === '' ? DEFAULT_RECV_WINDOW_MS : Number(window), now);
  const signed = sentAt + key + window + (request.method === 'GET' ? request.query : request.body);
  if (!isSignatureOf(header('x-bapi-sign'), signed, secret)) {
    throw new BybitError(10004, 'Error sign, please check your signature generation algorithm.');
  }
}

/** server time - recv_window <= timestamp < server time + 1000, as "Integration Guidance" has it. */
function checkTime(timestamp: number, recvWindowMs: number, now: number): void {
  if (timestamp >= now - recvWindowMs && timestamp < now + MAX_AHEAD_MS) return;
  const words = 'invalid request, please check your server timestamp or recv_window param.';
  const figures = `req_timestamp[${timestamp}],server_timestamp[${now}],recv_window[${recvWindowMs}]`;
  throw new BybitError(10002, `${words} ${figures}`);
}
