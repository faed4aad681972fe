import type { KillPhase, KillSwitchState } from '@inspector/contract';
import type { IconName } from '#design/icon.tsx';
import type { Tone } from '#design/tone.ts';

interface KillLook {
  /** In place of the governor's action. */
  short: string;
  tone: Tone;
  icon: IconName;
  sentence: string;
}

const looks: Readonly<Record<KillPhase, KillLook | null>> = {
  TRIGGERED: { short: 'KILL', tone: 'bad', icon: 'kill', sentence: 'The kill switch was triggered.' },
  BLOCKED: { short: 'KILL', tone: 'bad', icon: 'kill', sentence: 'Entries are blocked; orders are cancelled next.' },
  CANCELLING: { short: 'KILL', tone: 'bad', icon: 'kill', sentence: 'Entry orders are being cancelled.' },
  CLOSING: { short: 'KILL', tone: 'bad', icon: 'kill', sentence: 'Positions are being closed at market.' },
  STUCK: {
    short: 'KILL STUCK',
    tone: 'bad',
    icon: 'warn',
    sentence:
      'The venue has not shown flat: it does not answer, or something is left. It is tried again and again; look at the venue yourself.',
  },
  VERIFIED_FLAT: {
    short: 'FLAT',
    tone: 'violet',
    icon: 'lock',
    sentence: 'The venue itself shows no order and no position in scope. Entries stay shut until somebody re-arms.',
  },
  REARMED: null,
};

/** How a running or latched kill switch looks; null while there is none. */
export const killLook = ({ state }: Pick<KillSwitchState, 'state'>): KillLook | null =>
  state === 'IDLE' ? null : looks[state];
