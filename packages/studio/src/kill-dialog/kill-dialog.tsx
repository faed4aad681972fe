import { type FormEvent, useEffect, useId, useState } from 'react';
import { isOutcomeUnknown, type RestError, useConnection, useGovernor, useKillTrigger } from '#data/index.ts';
import { Button, Dialog, Field, Note, Switch } from '#design/index.ts';
import { goTo, routeTo } from '#page/route.ts';
import { useMay, useSession } from '#session/session-context.tsx';
import { closeKillDialog } from './kill-dialog-store.ts';
import { KillPreview } from './kill-preview.tsx';
import { choiceOf, completeScope, confirmWord, isConfirmed, scopeWords } from './kill-scope.ts';
import { ScopePicker } from './scope-picker.tsx';
import './kill-dialog.css';

const REASON_LENGTH = 1_000;

/** The kill switch itself: what, why, a preview, and a word that has to be typed. */
export function KillDialog({ scope: first }: { scope: string }) {
  const may = useMay('operator');
  const { caller } = useSession();
  const connection = useConnection();
  const { data: governor } = useGovernor();
  const trigger = useKillTrigger();
  const formId = useId();
  const [choice, setChoice] = useState(() => choiceOf(first));
  const [includeLegacy, setIncludeLegacy] = useState(false);
  const [reason, setReason] = useState('');
  const [typed, setTyped] = useState('');
  const [isTried, setTried] = useState(false);
  const scope = completeScope(choice);
  const killSwitch = governor?.killSwitch;
  const isLive = killSwitch !== undefined && killSwitch.state !== 'IDLE' && killSwitch.state !== 'REARMED';
  const isWord = scope !== null && isConfirmed(scope, typed);
  const isReady = may && isWord && reason.trim() !== '' && !trigger.isPending;

  // A word that was typed for one scope must not stand for another.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the scope is what it is cleared for
  useEffect(() => setTyped(''), [scope]);

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (!isReady || scope === null) return;
    trigger.mutate(
      { scope, reason: reason.trim(), confirm: true, includeLegacy },
      {
        onSuccess: () => {
          closeKillDialog();
          goTo(routeTo('kill'));
        },
      },
    );
  };

  return (
    <Dialog
      isOpen
      onClose={closeKillDialog}
      isDismissable={false}
      title={isLive ? 'Widen the kill that is on' : 'Kill switch'}
      actions={
        <>
          <Button onPress={closeKillDialog}>Cancel</Button>
          <Button
            kind="danger"
            type="submit"
            form={formId}
            icon="kill"
            isDisabled={!may || !isWord || trigger.isPending}
          >
            {trigger.isPending ? 'Triggering …' : `Kill ${scope === null ? '…' : scopeWords(scope)}`}
          </Button>
        </>
      }
    >
      <form className="kill-form" id={formId} onSubmit={submit} noValidate>
        {!may && (
          <Note tone="warn" icon="lock">
            You are {caller.role}. The kill switch is tripped by an operator or an admin.
          </Note>
        )}
        {connection.kind === 'lost' && (
          <Note tone="bad" icon="unlink" role="alert">
            The server cannot be reached. Cancel and close at the venue itself; do not wait for this page.
          </Note>
        )}
        <ScopePicker choice={choice} onChange={setChoice} />
        <Switch isSelected={includeLegacy} onChange={setIncludeLegacy}>
          <span>
            Close legacy positions too{' '}
            <span className="faint">which Inspector did not open and never touches otherwise</span>
          </span>
        </Switch>
        <KillPreview scope={scope} includeLegacy={includeLegacy} />
        <Field label="Reason" errors={isTried && reason.trim() === '' ? ['Say why; it stands in the record.'] : []}>
          {(control) => (
            <input
              {...control}
              value={reason}
              maxLength={REASON_LENGTH}
              placeholder="What is going on"
              disabled={!may}
              autoComplete="off"
              onChange={(event) => setReason(event.target.value)}
            />
          )}
        </Field>
        {scope !== null && (
          <Field
            label={
              <>
                Type <strong className="kill-word">{confirmWord(scope)}</strong> to confirm
              </>
            }
            help="Entries are shut out first, then orders are cancelled and positions closed at market, until the venue shows flat."
          >
            {(control) => (
              <input
                {...control}
                className={isWord ? 'field-input kill-confirm is-right' : 'field-input kill-confirm'}
                value={typed}
                disabled={!may}
                autoComplete="off"
                autoCapitalize="characters"
                spellCheck={false}
                onChange={(event) => setTyped(event.target.value)}
              />
            )}
          </Field>
        )}
        {trigger.error !== null && <TriggerFault error={trigger.error} />}
      </form>
    </Dialog>
  );
}

function TriggerFault({ error }: { error: RestError }) {
  return (
    <Note tone="bad" icon="warn" role="alert">
      {isOutcomeUnknown(error)
        ? 'No answer came: whether it was triggered is not known. Trigger it again: that never starts a second one. If it still does not answer, close at the venue itself.'
        : `Not triggered: ${error.message}`}{' '}
      <code>{error.code}</code>
    </Note>
  );
}
