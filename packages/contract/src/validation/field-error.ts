import Type from 'typebox';

/** One violation. `path` is a JSON pointer into what was sent; empty for the whole. */
export const FieldErrorSchema = Type.Object(
  {
    path: Type.String({ description: 'JSON pointer into what was sent; empty for the whole.' }),
    message: Type.String({ description: 'What is wrong and what is expected.' }),
  },
  { title: 'FieldError' },
);
export type FieldError = Type.Static<typeof FieldErrorSchema>;

/** A step of a JSON pointer (RFC 6901). */
export const pointerStep = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1');
