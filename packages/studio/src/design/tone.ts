/** What a colour means. It always stands beside a word or a sign that says the same. */
export type Tone = 'good' | 'warn' | 'alert' | 'bad' | 'accent' | 'violet' | 'calm';

export const toneClass = (tone: Tone | undefined): string => (tone === undefined ? '' : ` tone-${tone}`);
