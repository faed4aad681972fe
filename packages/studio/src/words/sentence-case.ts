/** A clause as a sentence of its own: with a great first letter. */
export const sentenceCase = (clause: string): string => clause.charAt(0).toUpperCase() + clause.slice(1);
