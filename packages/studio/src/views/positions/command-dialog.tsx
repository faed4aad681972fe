import type { ReactNode } from 'react';
import { isOutcomeUnknown, type RestError } from '#data/index.ts';
import { Button, Dialog } from '#design/index.ts';

interface CommandDialogProps {
  title: string;
  /** What the button does, in its own words: "Close 0.5 BTCUSDT". */
  confirm: string;
  danger?: boolean;
  canConfirm?: boolean;
  isPending: boolean;
  error: RestError | null;
  onConfirm(): void;
  onClose(): void;
  children: ReactNode;
}

/** Asks before something is done to a position, and says in place why it was not. */
export function CommandDialog(props: CommandDialogProps) {
  const { title, confirm, danger = false, canConfirm = true, isPending, error, onConfirm, onClose, children } = props;
  return (
    <Dialog
      isOpen
      title={title}
      onClose={onClose}
      actions={
        <>
          <Button kind="quiet" onPress={onClose}>
            Cancel
          </Button>
          <Button
            kind={danger ? 'danger' : 'primary'}
            isDisabled={!canConfirm}
            isPending={isPending}
            onPress={onConfirm}
          >
            {isPending ? 'Sending …' : confirm}
          </Button>
        </>
      }
    >
      {children}
      <CommandError error={error} />
    </Dialog>
  );
}

/** Why a command was refused, or that its outcome is not known. */
function CommandError({ error }: { error: RestError | null }) {
  if (error === null) return null;
  return (
    <div className="positions-refusal tone-bad" role="alert">
      <p>
        {isOutcomeUnknown(error) && (
          <strong>It is not known whether this was done. Look at the position before asking again. </strong>
        )}
        {error.message} <code>{error.code}</code>
      </p>
      {error.violations.map(({ path, message }) => (
        <p key={`${path} ${message}`}>
          {path}: {message}
        </p>
      ))}
    </div>
  );
}
