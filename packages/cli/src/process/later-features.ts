import type { Environment } from '@inspector/contract';
import { exitCodes } from './exit-codes.ts';
import { operatingError } from './operating-error.ts';

/**
 * Settings that this version reads but cannot follow. Where going on would mean something else than what was asked for,
 * the start is refused; where only a copy or a message is missing, a warning says so.
 */
export function refuseLaterFeatures({ connectors, telegram, alertWebhookUrl }: Environment): string[] {
  const refused: string[] = [];
  for (const connector of connectors) {
    if (connector.kind === 'ccxt') {
      refused.push(
        `CONNECTORS ccxt:${connector.exchange}:${connector.marketType}: live venues are not supported in this version`,
      );
    }
  }
  if (refused.length > 0) {
    throw operatingError('the configuration asks for what this version does not have', {
      code: 'NOT_SUPPORTED',
      exitCode: exitCodes.usage,
      details: refused,
    });
  }
  const warnings: string[] = [];
  if (telegram !== null) warnings.push('TELEGRAM_BOT_TOKEN has no effect in this version: no alert is sent');
  if (alertWebhookUrl !== null) warnings.push('ALERT_WEBHOOK_URL has no effect in this version: no alert is sent');
  return warnings;
}
