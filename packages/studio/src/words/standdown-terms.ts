/** For how long entries can be shut out by hand. */
export const standdownTerms = [
  { value: 'hand', label: 'Until ended by hand' },
  { value: '15', label: '15 min' },
  { value: '60', label: '1 h' },
  { value: '240', label: '4 h' },
] as const;

export type StanddownTerm = (typeof standdownTerms)[number]['value'];

/** When a stand-down of that term ends by itself; null: never. */
export const standdownEnd = (term: StanddownTerm, now: number): number | null =>
  term === 'hand' ? null : now + Number(term) * 60_000;
