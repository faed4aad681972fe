import type { PositionRuntimeState } from '@inspector/contract';
import type { IconName } from '#design/icon.tsx';
import type { Tone } from '#design/tone.ts';

interface ProtectionLook {
  name: string;
  tone: Tone;
  icon: IconName;
  sentence: string;
}

type Position = Pick<PositionRuntimeState, 'ownership' | 'protection'>;

/** How the protection of a position looks, and what it means. */
export function protectionLook({ ownership, protection: { state, nakedQuantity } }: Position): ProtectionLook {
  if (ownership === 'legacy') {
    return {
      name: 'Legacy',
      tone: 'violet',
      icon: 'info',
      sentence: 'Valued and reported, never touched, until it is adopted.',
    };
  }
  switch (state) {
    case 'working':
      return {
        name: 'Protected',
        tone: 'good',
        icon: 'shield',
        sentence: 'The venue has confirmed a stop for the whole quantity.',
      };
    case 'pending':
      return {
        name: 'On its way',
        tone: 'warn',
        icon: 'clock',
        sentence: 'The stop is sent and not confirmed for the whole quantity yet.',
      };
    case 'degraded':
      return {
        name: nakedQuantity > 0 ? 'Naked' : 'Degraded',
        tone: 'bad',
        icon: 'warn',
        sentence: 'Confirmed stops cover less than the quantity, for too long or after a refusal.',
      };
    case 'none':
      return {
        name: 'No stop',
        tone: 'calm',
        icon: 'info',
        sentence: 'By choice: neither the options nor the request set a stop.',
      };
  }
}

/** Order of urgency, the most urgent first: for sorting. */
export function protectionUrgency({ ownership, protection: { state, nakedQuantity } }: Position): number {
  if (ownership === 'legacy') return 2;
  switch (state) {
    case 'degraded':
      return nakedQuantity > 0 ? 5 : 4;
    case 'pending':
      return 3;
    case 'none':
      return 1;
    case 'working':
      return 0;
  }
}
