import type { GovernorLock } from '@inspector/contract';
import { useState } from 'react';
import { useOptions, useRearm, useStanddown } from '#data/index.ts';
import { Button, Choice, Dialog, Field, showToast } from '#design/index.ts';
import { useSession } from '#session/session-context.tsx';
import { codeName, scopeName } from '#words/code-names.ts';
import { secondActorFault, secondActorHelp, secondActorLabel } from '#words/second-actor.ts';
import { CommandTrouble } from './command-trouble.tsx';

const baselines = [
  { value: 'keep', label: 'Keep the peak' },
  { value: 'reset', label: 'Count from now' },
] as const;

/** Ends a lock by hand. */
export function RearmDialog({ lock, onClose }: { lock: GovernorLock; onClose(): void }) {
  const { code, scope } = lock;
  const isStanddown = code === 'STAND_DOWN_ACTIVE';
  const isDrawdown = code === 'DRAWDOWN';
  const { caller } = useSession();
  const rearm = useRearm();
  const standdown = useStanddown();
  const { data: options } = useOptions();
  const [reason, setReason] = useState('');
  const [secondActor, setSecondActor] = useState('');
  const [baseline, setBaseline] = useState<'keep' | 'reset'>('keep');
  const needsSecond = !isStanddown && options?.options.general.requireSecondActor === true;
  const secondFault = needsSecond ? secondActorFault(secondActor, caller.name) : null;
  const isReady = reason.trim() !== '' && secondFault === null;
  const done = {
    onSuccess() {
      showToast({ tone: 'good', title: `${codeName(code)}: lock ended`, text: scopeName(scope) });
      onClose();
    },
  };
  const send = () => {
    if (isStanddown) standdown.mutate({ enabled: false, reason: reason.trim(), scope }, done);
    else {
      rearm.mutate(
        {
          code,
          scope,
          reason: reason.trim(),
          ...(isDrawdown ? { baseline } : {}),
          ...(needsSecond ? { secondActor: secondActor.trim() } : {}),
        },
        done,
      );
    }
  };
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={`End the lock: ${codeName(code)}`}
      actions={
        <>
          <Button onPress={onClose}>Cancel</Button>
          <Button kind="primary" isDisabled={!isReady || rearm.isPending || standdown.isPending} onPress={send}>
            {isStanddown ? 'End the stand-down' : 'Re-arm'}
          </Button>
        </>
      }
    >
      <p className="soft">
        Entries of {scopeName(scope)} are let through again, as far as other locks and limits allow. A limit that is
        still in breach locks again at its next reading.
      </p>
      {isDrawdown && (
        <div className="field">
          <span className="field-label">Equity peak</span>
          <Choice label="Equity peak" value={baseline} options={baselines} onChange={setBaseline} />
        </div>
      )}
      <Field label="Reason" help="It stands in the audit trail with your name.">
        {(control) => (
          <input {...control} value={reason} maxLength={1000} onChange={(event) => setReason(event.target.value)} />
        )}
      </Field>
      {needsSecond && (
        <Field
          label={secondActorLabel}
          help={secondActorHelp(caller.name)}
          errors={secondActor !== '' && secondFault !== null ? [secondFault] : []}
        >
          {(control) => (
            <input
              {...control}
              value={secondActor}
              maxLength={128}
              onChange={(event) => setSecondActor(event.target.value)}
            />
          )}
        </Field>
      )}
      <CommandTrouble error={rearm.error ?? standdown.error} />
    </Dialog>
  );
}
