import type { Tone } from '#design/tone.ts';
import type { Nearness } from './headroom-order.ts';

export const nearnessLooks: Readonly<Record<Nearness, { tone: Tone; word: string }>> = {
  reached: { tone: 'bad', word: 'reached' },
  near: { tone: 'alert', word: 'near' },
  watch: { tone: 'warn', word: 'half used' },
  far: { tone: 'accent', word: 'far' },
  unknown: { tone: 'calm', word: 'not known' },
};
