import type { PositionRuntimeState } from '@inspector/contract';
import type { IconName } from '#design/icon.tsx';
import type { Tone } from '#design/tone.ts';

interface Summary {
  tone: Tone;
  icon: IconName;
  sentence: string;
}

/** How the open positions are protected, the worst first. */
export function protectionSummary(positions: readonly PositionRuntimeState[]): Summary {
  const runtime = positions.filter(({ ownership }) => ownership === 'runtime');
  const legacy = positions.length - runtime.length;
  const besides = legacy === 0 ? '' : ` ${counted(legacy, 'legacy position')} beside, never touched.`;
  if (positions.length === 0) return { tone: 'calm', icon: 'shield', sentence: 'No open position.' };
  if (runtime.length === 0) {
    return {
      tone: 'warn',
      icon: 'shield',
      sentence: `${counted(legacy, 'legacy position')}, not managed until adopted.`,
    };
  }
  const naked = runtime.filter(({ protection }) => protection.nakedQuantity > 0);
  if (naked.length > 0) {
    const names = naked.map(({ symbol }) => symbol).slice(0, 3);
    const more = naked.length > names.length ? ` and ${naked.length - names.length} more` : '';
    return {
      tone: 'bad',
      icon: 'warn',
      sentence: `Without a confirmed stop: ${names.join(', ')}${more}, of ${counted(runtime.length, 'open position')}.${besides}`,
    };
  }
  const byChoice = runtime.filter(({ protection }) => protection.state === 'none').length;
  if (byChoice > 0) {
    return {
      tone: 'warn',
      icon: 'shield',
      sentence: `${byChoice} of ${counted(runtime.length, 'open position')} without a stop by choice.${besides}`,
    };
  }
  const all = runtime.length === 1 ? 'The open position has' : `All ${runtime.length} open positions have`;
  return { tone: 'good', icon: 'shield', sentence: `${all} a stop that works at the venue.${besides}` };
}

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;
