import type { GovernorLock } from '@inspector/contract';
import { type FormEvent, useId, useState } from 'react';
import { useRearm, useStanddown } from '#data/index.ts';
import { Button, Dialog, showToast } from '#design/index.ts';
import { scopeWords } from '#kill-dialog/kill-scope.ts';
import { useSession } from '#session/session-context.tsx';
import { codeName } from '#words/code-names.ts';
import { ActorFields, isActorInputFit, noActorInput, useNeedsSecond } from './actor-fields.tsx';
import { CommandFault } from './command-fault.tsx';
import { lockEnd, needsBaseline } from './lock-words.ts';

type Baseline = 'keep' | 'reset';

const baselines: readonly { value: Baseline; title: string; words: string }[] = [
  { value: 'keep', title: 'Keep the peak', words: 'The drawdown stays what it is; the limit may trip again at once.' },
  {
    value: 'reset',
    title: 'Begin at the equity of now',
    words: 'The drawdown is 0 from here; what was lost counts no more.',
  },
];

/** Ends a lock by hand: a stand-down is lifted, a limit re-armed. */
export function EndLockDialog({ lock, onClose }: { lock: GovernorLock; onClose(): void }) {
  const { caller } = useSession();
  const rearm = useRearm();
  const standdown = useStanddown();
  const formId = useId();
  const isStanddown = lockEnd(lock) === 'stand-down';
  const needsSecond = useNeedsSecond() && !isStanddown;
  const [input, setInput] = useState(noActorInput);
  const [baseline, setBaseline] = useState<Baseline | null>(null);
  const [isTried, setTried] = useState(false);
  const isBaseline = needsBaseline(lock);
  const { code, scope } = lock;
  const name = codeName(code);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (!isActorInputFit(input, needsSecond, caller.name) || (isBaseline && baseline === null)) return;
    const reason = input.reason.trim();
    const done = {
      onSuccess: () => {
        showToast({ tone: 'good', title: `${name} on ${scopeWords(scope)} has ended.` });
        onClose();
      },
    };
    if (isStanddown) standdown.mutate({ enabled: false, scope, reason }, done);
    else {
      rearm.mutate(
        {
          code,
          scope,
          reason,
          ...(needsSecond ? { secondActor: input.secondActor.trim() } : {}),
          ...(baseline === null ? {} : { baseline }),
        },
        done,
      );
    }
  };
  const isPending = rearm.isPending || standdown.isPending;
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={isStanddown ? 'End the stand-down' : `Re-arm ${name}`}
      actions={
        <>
          <Button onPress={onClose}>Cancel</Button>
          <Button kind="primary" type="submit" form={formId} isDisabled={isPending}>
            {isStanddown ? 'Let entries in again' : 'Re-arm'}
          </Button>
        </>
      }
    >
      <form id={formId} className="kill-form" onSubmit={submit} noValidate>
        <p className="soft">
          Entries of {scopeWords(scope)} are let in again, as far as no other lock covers them. Set by {lock.actor}
          {lock.reason === undefined ? '.' : `: “${lock.reason}”.`}
        </p>
        {isBaseline && (
          <fieldset className="kill-baselines">
            <legend className="field-label">The peak that drawdown is measured from</legend>
            {baselines.map(({ value, title, words }) => (
              <label key={value} className="kill-baseline">
                <input type="radio" name="baseline" checked={baseline === value} onChange={() => setBaseline(value)} />
                <span>
                  <strong>{title}</strong>
                  <span className="soft kill-baseline-words">{words}</span>
                </span>
              </label>
            ))}
            {isTried && baseline === null && (
              <p className="field-error" role="alert">
                Choose one.
              </p>
            )}
          </fieldset>
        )}
        <ActorFields
          input={input}
          needsSecond={needsSecond}
          isTried={isTried}
          reasonHint="Why entries may be let in again"
          onChange={setInput}
        />
        <CommandFault error={rearm.error ?? standdown.error} what="it has ended" />
      </form>
    </Dialog>
  );
}
