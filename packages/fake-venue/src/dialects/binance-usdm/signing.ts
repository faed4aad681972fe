import { createHmac, timingSafeEqual } from 'node:crypto';
import type { WireRequest } from '#server/wire.ts';
import { BinanceError, missing } from './errors.ts';

/** How far ahead of the venue's clock a request may be. */
const MAX_AHEAD_MS = 1000;
const DEFAULT_RECV_WINDOW_MS = 5000;
const MAX_RECV_WINDOW_MS = 60_000;

const withoutSignature = (text: string): string => text.replace(/(^|&)signature=[^&]*/, '').replace(/^&/, '');

export function checkKey({ headers }: WireRequest, apiKey: string): void {
  const sent = headers['x-mbx-apikey'];
  if (typeof sent !== 'string' || sent === '') throw new BinanceError(-2014, 'API-key format invalid.', 401);
  if (sent !== apiKey) throw new BinanceError(-2015, 'Invalid API-key, IP, or permissions for action.', 401);
}

/** Checks time and signature of a signed call, in the venue's order. */
export function checkSignature(
  request: WireRequest,
  params: URLSearchParams,
  { secret, now }: { secret: string; now: number },
): void {
  if (!params.has('timestamp')) throw missing('timestamp');
  const timestamp = Number(params.get('timestamp'));
  const recvWindow = Number(params.get('recvWindow') ?? DEFAULT_RECV_WINDOW_MS);
  if (!Number.isFinite(timestamp)) throw missing('timestamp');
  if (!(recvWindow > 0 && recvWindow <= MAX_RECV_WINDOW_MS)) {
    throw new BinanceError(-1131, `recvWindow must be less than ${MAX_RECV_WINDOW_MS}`);
  }
  if (timestamp > now + MAX_AHEAD_MS) {
    throw new BinanceError(-1021, `Timestamp for this request was ${MAX_AHEAD_MS}ms ahead of the server's time.`);
  }
  if (now - timestamp > recvWindow) {
    throw new BinanceError(-1021, 'Timestamp for this request is outside of the recvWindow.');
  }
  const sent = params.get('signature');
  if (sent === null || sent === '') throw missing('signature');
  const signed = withoutSignature(request.query) + withoutSignature(request.body);
  const wanted = createHmac('sha256', secret).update(signed).digest('hex');
  const same = sent.length === wanted.length && timingSafeEqual(Buffer.from(sent.toLowerCase()), Buffer.from(wanted));
  if (!same) throw new BinanceError(-1022, 'Signature for this request is not valid.');
}
