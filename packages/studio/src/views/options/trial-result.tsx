import type { ChangedOptions, Command, OptionsChange } from '#data/index.ts';
import { Note } from '#design/index.ts';
import { placeLabel, placeOf } from './field-lookup.ts';
import { useForm } from './form-context.ts';
import { stepsOf } from './option-tree.ts';
import { fromServer, type Violation } from './violations.ts';

interface TrialResultProps {
  trial: Command<OptionsChange, ChangedOptions>;
  /** The edit has changed since. */
  isOld: boolean;
  onJump(pointer: string): void;
}

/** What the server said to the dry run: taken, with warnings, or every violation. */
export function TrialResult({ trial, isOld, onJump }: TrialResultProps) {
  const { error, data, isPending } = trial;
  if (isPending) return <Note tone="calm">Dry run: the server is asked …</Note>;
  if (error !== null) {
    const violations = fromServer(error.violations);
    return (
      <Note tone="bad" icon="warn" role="alert">
        <p>
          <strong>The dry run did not pass.</strong>{' '}
          {violations.length > 0 ? 'The server refuses the options as a whole:' : error.message}{' '}
          <code>{error.code}</code>
        </p>
        <Findings findings={violations} onJump={onJump} />
      </Note>
    );
  }
  if (data === undefined) return null;
  if (isOld) return <Note tone="warn">Changed since the dry run. Try again before it is applied.</Note>;
  const warnings = fromServer(data.warnings ?? []);
  return (
    <Note tone={warnings.length === 0 ? 'good' : 'warn'} icon={warnings.length === 0 ? 'check' : 'warn'} role="status">
      <p>
        <strong>The dry run passed.</strong> Nothing has been applied yet
        {warnings.length === 0
          ? '.'
          : `; ${warnings.length === 1 ? 'one thing is' : `${warnings.length} things are`} hardly meant:`}
      </p>
      <Findings findings={warnings} onJump={onJump} />
    </Note>
  );
}

interface FindingsProps {
  findings: readonly Violation[];
  onJump(pointer: string): void;
}

/** Each place by its name, which leads to it, and what is said of it. */
function Findings({ findings, onJump }: FindingsProps) {
  const { fields } = useForm();
  return (
    <ul className="options-note-list">
      {findings.map(({ pointer, message }) => (
        <li key={pointer + message}>
          <button type="button" onClick={() => onJump(pointer)}>
            {placeLabel(placeOf(fields, stepsOf(pointer)))}
          </button>{' '}
          {message}
        </li>
      ))}
    </ul>
  );
}
