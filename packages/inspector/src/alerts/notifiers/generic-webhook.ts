import { createHmac } from 'node:crypto';
import type { Notifier, Outgoing } from '../notifier.ts';
import { type WebhookConfig, webhookNotifier } from './webhook.ts';

/** Of the body. A field may be added; one that changes or goes makes it 2. */
const BODY_VERSION = 1;

export interface GenericWebhookConfig extends WebhookConfig {
  appKey: string;
  /** Signs every call; null: none is signed. */
  secret: string | null;
}

/** JSON of a stable shape, for receivers of one's own. See docs/alerts.md. */
export function genericWebhook({ appKey, secret, ...config }: GenericWebhookConfig): Notifier {
  return webhookNotifier(config, {
    kind: 'webhook-generic',
    secrets: secret === null ? [] : [secret],
    body: (outgoing) => bodyOf(outgoing, appKey),
    headers: (body) => (secret === null ? {} : signatureHeaders(secret, config.now(), body)),
  });
}

function bodyOf({ alert, text, lateMs }: Outgoing, appKey: string) {
  return {
    version: BODY_VERSION,
    kind: alert.kind,
    id: alert.seq,
    ts: alert.ts,
    severity: alert.severity,
    code: alert.code,
    message: alert.message,
    accountKey: alert.accountKey,
    symbol: alert.symbol,
    positionId: alert.positionId,
    reminder: alert.reminder,
    lateMs,
    appKey,
    text,
    data: alert.data,
  };
}

/** `sha256=` and the HMAC of `<timestamp>.<body>` in hexadecimal; the timestamp, in ms, lets a receiver refuse old calls. */
function signatureHeaders(secret: string, now: number, body: string): Record<string, string> {
  const digest = createHmac('sha256', secret).update(`${now}.${body}`).digest('hex');
  return { 'x-inspector-timestamp': String(now), 'x-inspector-signature': `sha256=${digest}` };
}
