import type { GovernorAction } from '@inspector/contract';
import type { IconName } from '#design/icon.tsx';
import type { Tone } from '#design/tone.ts';
import { constantInWords } from './constant-in-words.ts';
import { sentenceCase } from './sentence-case.ts';

const names: Readonly<Record<string, string>> = {
  OK: 'No rule violated',
  ROI_RANGE: 'ROI range',
  PORTFOLIO_EXPOSURE: 'Exposure',
  RISK_REWARD: 'Risk to reward',
  POSITION_SIZE_MAX: 'Largest position',
  POSITION_SIZE_MIN: 'Smallest position',
  ORDER_NOTIONAL: 'Order value',
  ORDER_RATE: 'Order rate',
  DAILY_LOSS: 'Daily loss',
  CONSECUTIVE_LOSSES: 'Losses in a row',
  LOSS_TRADES_PER_DAY: 'Losing trades today',
  TRADES_PER_DAY: 'Trades today',
  OPEN_POSITIONS: 'Open positions',
  STAND_DOWN_ACTIVE: 'Stand-down by hand',
};

/** A code in words: `DAILY_LOSS` is "Daily loss". The code itself is shown where somebody may search for it. */
export const codeName = (code: string): string => names[code] ?? sentenceCase(constantInWords(code));

/** `symbol:paper:futures:BTCUSDT` is BTCUSDT, `account:paper:futures` paper:futures, `global` everything. */
export function scopeName(scope: string): string {
  const [kind = '', ...rest] = scope.split(':');
  switch (kind) {
    case 'global':
      return 'everything';
    case 'symbol':
      return rest.at(-1) ?? scope;
    case 'side':
      return `${rest.at(-2) ?? ''} ${rest.at(-1) ?? ''}`.trim();
    default:
      return rest.join(':');
  }
}

interface ActionLook {
  name: string;
  tone: Tone;
  icon: IconName;
  /** What it means for the account, in a sentence. */
  sentence: string;
}

/** How the governor's actions look and what they mean. */
export const actionLooks: Readonly<Record<GovernorAction, ActionLook>> = {
  ALLOW: { name: 'ALLOW', tone: 'good', icon: 'allow', sentence: 'Entries within the limits are let through.' },
  THROTTLE: {
    name: 'THROTTLE',
    tone: 'warn',
    icon: 'throttle',
    sentence: 'Entries are dropped where they come too fast; exits work.',
  },
  BLOCK: { name: 'BLOCK', tone: 'alert', icon: 'block', sentence: 'New entries are refused; exits work.' },
  STAND_DOWN: {
    name: 'STAND DOWN',
    tone: 'alert',
    icon: 'stand-down',
    sentence: 'No new entries; open positions stay protected and exits work.',
  },
  CLOSE_ALL: {
    name: 'CLOSE ALL',
    tone: 'bad',
    icon: 'close-all',
    sentence: 'Every position is being closed and no entry is let through.',
  },
};
