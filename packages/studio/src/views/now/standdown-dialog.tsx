import { useState } from 'react';
import { useServerNow, useStanddown } from '#data/index.ts';
import { Button, Choice, Dialog, Field, showToast } from '#design/index.ts';
import { CommandTrouble } from './command-trouble.tsx';

const terms = [
  { value: 'hand', label: 'Until ended by hand' },
  { value: '15', label: '15 min' },
  { value: '60', label: '1 h' },
  { value: '240', label: '4 h' },
] as const;

/** Stops new entries everywhere. Exits and protection go on. */
export function StanddownDialog({ onClose }: { onClose(): void }) {
  const standdown = useStanddown();
  const now = useServerNow();
  const [reason, setReason] = useState('');
  const [term, setTerm] = useState<(typeof terms)[number]['value']>('hand');
  const send = () => {
    const until = term === 'hand' ? null : now + Number(term) * 60_000;
    standdown.mutate(
      { enabled: true, reason: reason.trim(), scope: 'global', until },
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
      <Choice label="How long" value={term} options={terms} onChange={setTerm} />
      <Field label="Reason" help="It stands in the audit trail with your name.">
        {(control) => (
          <input {...control} value={reason} maxLength={1000} onChange={(event) => setReason(event.target.value)} />
        )}
      </Field>
      <CommandTrouble error={standdown.error} />
    </Dialog>
  );
}
