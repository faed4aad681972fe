import type { Accepted, PositionRuntimeState } from '@inspector/contract';
import { useState } from 'react';
import { useClosePosition, usePositionValue } from '#data/index.ts';
import { Field, Money } from '#design/index.ts';
import { formatQuantity } from '#words/format.ts';
import { CommandDialog } from './command-dialog.tsx';
import { parseAmount } from './protection-change.ts';

export interface PositionDialogProps {
  position: PositionRuntimeState;
  onClose(): void;
  /** What was accepted, in a sentence. */
  onDone(text: string, accepted: Accepted): void;
}

/** Closes all or a part at market. */
export function CloseDialog({ position, onClose, onDone }: PositionDialogProps) {
  const { positionId, symbol, side, quantity } = position;
  const [typed, setTyped] = useState('');
  const [reason, setReason] = useState('');
  const close = useClosePosition();
  const { unrealizedPnlUsd } = usePositionValue(position);
  const part = typed.trim() === '' ? quantity : parseAmount(typed);
  const isPart = part !== null && part < quantity;
  const problem =
    part === null
      ? 'A quantity above 0, such as 0.5.'
      : part > quantity
        ? `Only ${formatQuantity(quantity)} is open.`
        : null;
  const what = `${formatQuantity(part ?? quantity)} ${symbol} ${side}`;
  const onConfirm = (): void => {
    const body = { positionId, ...(isPart ? { quantity: part } : {}), ...(reason.trim() === '' ? {} : { reason }) };
    close.mutate(body, {
      onSuccess: (accepted) => onDone(`The close of ${what} is on its way to the venue.`, accepted),
    });
  };
  return (
    <CommandDialog
      title={`Close ${symbol} ${side}`}
      confirm={problem === null ? `Close ${what}` : 'Close'}
      danger
      canConfirm={problem === null}
      isPending={close.isPending}
      error={close.error}
      onConfirm={onConfirm}
      onClose={onClose}
    >
      <p>
        A market order, reduce-only.{' '}
        {part !== null && problem === null && (
          <>
            At the mark this takes{' '}
            <Money value={unrealizedPnlUsd === null ? null : (unrealizedPnlUsd * part) / quantity} signed /> before fees
            and slippage.
          </>
        )}
      </p>
      <Field label="Quantity" help="Empty: all of it." errors={problem === null ? [] : [problem]}>
        {(control) => (
          <input
            {...control}
            inputMode="decimal"
            autoComplete="off"
            placeholder={formatQuantity(quantity)}
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
        )}
      </Field>
      <ReasonField reason={reason} onReason={setReason} help="Stands in the audit record." />
    </CommandDialog>
  );
}

interface ReasonFieldProps {
  reason: string;
  onReason(reason: string): void;
  help: string;
  errors?: readonly string[];
}

export function ReasonField({ reason, onReason, help, errors = [] }: ReasonFieldProps) {
  return (
    <Field label="Reason" help={help} errors={errors}>
      {(control) => (
        <textarea
          {...control}
          rows={2}
          maxLength={1000}
          value={reason}
          onChange={(event) => onReason(event.target.value)}
        />
      )}
    </Field>
  );
}
