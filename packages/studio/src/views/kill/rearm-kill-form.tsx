import { type FormEvent, useState } from 'react';
import { useKillRearm } from '#data/index.ts';
import { Button, showToast } from '#design/index.ts';
import { useSession } from '#session/session-context.tsx';
import { ActorFields, isActorInputFit, noActorInput, useNeedsSecond } from './actor-fields.tsx';
import { CommandFault } from './command-fault.tsx';

/** Lets entries in again; possible only once the venue has shown flat. */
export function RearmKillForm({ incidentId, isFlat }: { incidentId: string; isFlat: boolean }) {
  const { caller } = useSession();
  const rearm = useKillRearm();
  const needsSecond = useNeedsSecond();
  const [input, setInput] = useState(noActorInput);
  const [isTried, setTried] = useState(false);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (!isFlat || !isActorInputFit(input, needsSecond, caller.name)) return;
    const second = needsSecond ? { secondActor: input.secondActor.trim() } : {};
    rearm.mutate(
      { incidentId, reason: input.reason.trim(), ...second },
      { onSuccess: () => showToast({ tone: 'good', title: 'Re-armed. Entries within the limits are let in again.' }) },
    );
  };
  return (
    <form className="kill-rearm" onSubmit={submit} noValidate>
      <h3>Re-arm</h3>
      {!isFlat && <p className="faint">Possible only after the venue has shown flat. What you write here stays.</p>}
      <ActorFields
        input={input}
        needsSecond={needsSecond}
        isTried={isTried}
        reasonHint="What was found, and why trading may go on"
        onChange={setInput}
      />
      <CommandFault error={rearm.error} what="it was re-armed" />
      <Button type="submit" kind={isFlat ? 'primary' : 'plain'} isDisabled={!isFlat || rearm.isPending}>
        {rearm.isPending ? 'Re-arming …' : 'Re-arm'}
      </Button>
    </form>
  );
}
