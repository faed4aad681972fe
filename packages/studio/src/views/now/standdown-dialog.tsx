import { useState } from 'react';
import { useServerNow, useStanddown } from '#data/index.ts';
import { Button, Choice, Dialog, Field, showToast } from '#design/index.ts';
import { type StanddownTerm, standdownEnd, standdownTerms } from '#words/standdown-terms.ts';
import { CommandTrouble } from './command-trouble.tsx';

/** Stops new entries everywhere. Exits and protection go on. */
export function StanddownDialog({ onClose }: { onClose(): void }) {
  const standdown = useStanddown();
  const now = useServerNow();
  const [reason, setReason] = useState('');
  const [term, setTerm] = useState<StanddownTerm>('hand');
  const send = () => {
    standdown.mutate(
      { enabled: true, reason: reason.trim(), scope: 'global', until: standdownEnd(term, now) },
      {
        onSuccess() {
          showToast({ tone: 'alert', title: 'Standing down', text: 'No new entries. Exits and protection go on.' });
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
          <Button kind="primary" isDisabled={reason.trim() === '' || standdown.isPending} onPress={send}>
            Stop new entries
          </Button>
        </>
      }
    >
      <p className="soft">
        No new position is opened until it ends. Open positions keep their stops, and exits, cancels and reductions
        work. To close everything, use the kill switch.
      </p>
      <Choice label="How long" value={term} options={standdownTerms} onChange={setTerm} />
      <Field label="Reason" help="It stands in the audit trail with your name.">
        {(control) => (
          <input {...control} value={reason} maxLength={1000} onChange={(event) => setReason(event.target.value)} />
        )}
      </Field>
      <CommandTrouble error={standdown.error} />
    </Dialog>
  );
}
