import Type from 'typebox';
import { TimeMs } from '#scalars.ts';
import { roles } from './roles.ts';

/** What a page asks first: whose token it holds, and so what it may offer. */
export const SessionResponseSchema = Type.Object(
  {
    name: Type.String({ description: "The token's name, as it stands in audit records." }),
    role: Type.Enum([...roles], { description: 'What the token may do.' }),
    timestamp: TimeMs('When it was asked.'),
  },
  { title: 'Session', description: 'Who makes this call.' },
);
export type SessionResponse = Type.Static<typeof SessionResponseSchema>;
