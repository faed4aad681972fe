import { isOutcomeUnknown, type RestError } from '#data/index.ts';
import { Icon } from '#design/index.ts';

/** Why a command was not done, or that nobody knows whether it was. */
export function CommandTrouble({ error }: { error: RestError | null }) {
  if (error === null) return null;
  return (
    <p className="now-trouble" role="alert">
      <Icon name="warn" size={14} />
      <span>
        {isOutcomeUnknown(error)
          ? 'No answer came: whether it was done is not known. Look at the governor before you try again. '
          : ''}
        {error.message} <code>{error.code}</code>
      </span>
    </p>
  );
}
