import { useOptions } from '#data/index.ts';
import { Field } from '#design/index.ts';
import { useSession } from '#session/session-context.tsx';
import { secondActorFault, secondActorHelp, secondActorLabel } from '#words/second-actor.ts';

const REASON_LENGTH = 1_000;
const ACTOR_LENGTH = 128;

export interface ActorInput {
  reason: string;
  secondActor: string;
}

export const noActorInput: ActorInput = { reason: '', secondActor: '' };

/** Whether the options ask for a second person at every re-arm. */
export function useNeedsSecond(): boolean {
  const { data } = useOptions();
  return data?.options.general.requireSecondActor === true;
}

export const isActorInputFit = (input: ActorInput, needsSecond: boolean, first: string): boolean =>
  input.reason.trim() !== '' && (!needsSecond || secondActorFault(input.secondActor, first) === null);

interface ActorFieldsProps {
  input: ActorInput;
  needsSecond: boolean;
  /** Faults are shown once somebody tried. */
  isTried: boolean;
  isDisabled?: boolean;
  reasonHint: string;
  onChange(input: ActorInput): void;
}

/** Why, and where it is asked for, with whom. */
export function ActorFields({
  input,
  needsSecond,
  isTried,
  isDisabled = false,
  reasonHint,
  onChange,
}: ActorFieldsProps) {
  const { caller } = useSession();
  const fault = secondActorFault(input.secondActor, caller.name);
  return (
    <>
      <Field label="Reason" errors={isTried && input.reason.trim() === '' ? ['Say why; it stands in the record.'] : []}>
        {(control) => (
          <input
            {...control}
            value={input.reason}
            maxLength={REASON_LENGTH}
            placeholder={reasonHint}
            disabled={isDisabled}
            autoComplete="off"
            onChange={(event) => onChange({ ...input, reason: event.target.value })}
          />
        )}
      </Field>
      {needsSecond && (
        <Field
          label={secondActorLabel}
          help={secondActorHelp(caller.name)}
          errors={(isTried || input.secondActor !== '') && fault !== null ? [fault] : []}
        >
          {(control) => (
            <input
              {...control}
              value={input.secondActor}
              maxLength={ACTOR_LENGTH}
              disabled={isDisabled}
              autoComplete="off"
              onChange={(event) => onChange({ ...input, secondActor: event.target.value })}
            />
          )}
        </Field>
      )}
    </>
  );
}
