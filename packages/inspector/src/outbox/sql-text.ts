import { storable } from './line-protocol.ts';

/** A text as a literal of SQL, as it was written. A quote is doubled; QuestDB knows no other escape. */
export const sqlText = (text: string): string => `'${storable(text).replaceAll("'", "''")}'`;
