import { useState } from 'react';
import { useAdoptPosition } from '#data/index.ts';
import { Field } from '#design/index.ts';
import { formatQuantity } from '#words/format.ts';
import { type PositionDialogProps, ReasonField } from './close-dialog.tsx';
import { CommandDialog } from './command-dialog.tsx';

/** Makes a legacy position one that is protected, limited and closed like any other. */
export function AdoptDialog({ position, onClose, onDone }: PositionDialogProps) {
  const { positionId, symbol, side, quantity } = position;
  const [detector, setDetector] = useState('');
  const [reason, setReason] = useState('');
  const adopt = useAdoptPosition();
  const onConfirm = (): void =>
    adopt.mutate(
      {
        positionId,
        ...(detector.trim() === '' ? {} : { detectorSysname: detector.trim() }),
        ...(reason.trim() === '' ? {} : { reason }),
      },
      { onSuccess: (accepted) => onDone(`${symbol} ${side} is adopted and will be protected.`, accepted) },
    );
  return (
    <CommandDialog
      title={`Adopt ${symbol} ${side}`}
      confirm={`Adopt ${formatQuantity(quantity)} ${symbol}`}
      isPending={adopt.isPending}
      error={adopt.error}
      onConfirm={onConfirm}
      onClose={onClose}
    >
      <p>
        From then on the position is managed: a stop and a target by the options are placed at once, and limits may
        close it. A stop that the price has passed already closes it at market. This cannot be undone.
      </p>
      <Field label="Detector" help="Whom it shall belong to. Empty: nobody.">
        {(control) => (
          <input
            {...control}
            autoComplete="off"
            maxLength={128}
            value={detector}
            onChange={(event) => setDetector(event.target.value)}
          />
        )}
      </Field>
      <ReasonField reason={reason} onReason={setReason} help="Stands in the audit record." />
    </CommandDialog>
  );
}
