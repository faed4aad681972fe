/** A second person who agrees to a re-arm, asked for in the same words wherever somebody re-arms. */
export const secondActorLabel = 'Second person who agrees';

/** Who that is, is not proved: the page must not let the name look like a signature. */
export const secondActorHelp = (first: string): string =>
  `You act as ${first}; the options ask for somebody else beside you. The name is recorded and not verified by Inspector.`;

/** Null when a second person is named as the server wants it. */
export function secondActorFault(second: string, first: string): string | null {
  const name = second.trim();
  if (name === '') return 'Name the second person who agrees.';
  return name === first ? 'It must be somebody else than you.' : null;
}
