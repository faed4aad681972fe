import { isOutcomeUnknown, type RestError } from '#data/index.ts';
import { Note } from '#design/index.ts';

/** A command that was refused, or whose outcome nobody knows. */
export function CommandFault({ error, what }: { error: RestError | null; what: string }) {
  if (error === null) return null;
  return (
    <Note tone="bad" icon="warn" role="alert">
      {isOutcomeUnknown(error)
        ? `No answer came: whether ${what} is not known. What is shown here tells once the server answers.`
        : error.message}{' '}
      <code>{error.code}</code>
    </Note>
  );
}
