import type { Settings } from './settings.ts';

/** An answer that takes longer is none. */
const ANSWER_MS = 3_000;

export interface Decision {
  decision: 'ALLOW' | 'BLOCK' | 'THROTTLE';
  code: string;
  message: string;
  /** The largest quantity that would be allowed now. */
  maxQuantity: number;
  sizing: { quantity: number; stopLoss: number; takeProfit: number };
}

/**
 * Asks for a decision. It is recorded, reserves nothing and sends nothing. Throws when there is none (not reachable, or
 * 4xx and 5xx): a bot should then not open.
 */
export async function checkRisk(
  request: Record<string, unknown>,
  { inspectorUrl, inspectorToken }: Pick<Settings, 'inspectorUrl' | 'inspectorToken'>,
): Promise<Decision> {
  const authorization: Record<string, string> = inspectorToken ? { authorization: `Bearer ${inspectorToken}` } : {};
  const response = await fetch(`${inspectorUrl}/api/inspector/risk/check`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...authorization },
    body: JSON.stringify({ request }),
    signal: AbortSignal.timeout(ANSWER_MS),
  });
  const answer = (await response.json()) as Decision & { detail?: string };
  // An error is problem+json: `code` and `detail` say what is wrong.
  if (!response.ok) throw new Error(`${response.status} ${answer.code}: ${answer.detail}`);
  return answer;
}
