import { type FormEvent, useId, useState } from 'react';
import { useStanddown, useStudioData } from '#data/index.ts';
import { Button, Choice, Dialog, showToast } from '#design/index.ts';
import { completeScope, type ScopeChoice, scopeWords } from '#kill-dialog/kill-scope.ts';
import { ScopePicker } from '#kill-dialog/scope-picker.tsx';
import { type StanddownTerm, standdownEnd, standdownTerms } from '#words/standdown-terms.ts';
import { ActorFields, noActorInput } from './actor-fields.tsx';
import { CommandFault } from './command-fault.tsx';

/** Stops new entries of a scope; exits and protection go on. */
export function StanddownDialog({ onClose }: { onClose(): void }) {
  const { clock } = useStudioData();
  const standdown = useStanddown();
  const formId = useId();
  const [choice, setChoice] = useState<ScopeChoice>({ kind: 'global', name: '' });
  const [term, setTerm] = useState<StanddownTerm>('hand');
  const [input, setInput] = useState(noActorInput);
  const [isTried, setTried] = useState(false);
  const scope = completeScope(choice);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (scope === null || input.reason.trim() === '') return;
    const until = standdownEnd(term, clock.now());
    standdown.mutate(
      { enabled: true, scope, reason: input.reason.trim(), until },
      {
        onSuccess: () => {
          showToast({ tone: 'alert', title: `Stood down: no new entries for ${scopeWords(scope)}.` });
          onClose();
        },
      },
    );
  };
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title="Stand down"
      actions={
        <>
          <Button onPress={onClose}>Cancel</Button>
          <Button kind="primary" type="submit" form={formId} isDisabled={scope === null || standdown.isPending}>
            Stop new entries
          </Button>
        </>
      }
    >
      <form id={formId} className="kill-form" onSubmit={submit} noValidate>
        <p className="soft">
          New entries are refused and resting ones cancelled. Open positions stay, with their stops and targets; exits
          work.
        </p>
        <ScopePicker choice={choice} withSide onChange={setChoice} />
        <div className="field">
          <span className="field-label">For how long</span>
          <Choice label="For how long" value={term} options={standdownTerms} onChange={setTerm} />
        </div>
        <ActorFields
          input={input}
          needsSecond={false}
          isTried={isTried}
          reasonHint="Why no entries now"
          onChange={setInput}
        />
        <CommandFault error={standdown.error} what="the stand-down is on" />
      </form>
    </Dialog>
  );
}
