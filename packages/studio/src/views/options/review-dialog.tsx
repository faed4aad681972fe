import { useEffect, useRef, useState } from 'react';
import { type ChangedOptions, isOutcomeUnknown, type RestError, usePutOptions } from '#data/index.ts';
import { Button, Dialog, Field, Note, showToast } from '#design/index.ts';
import { ChangeList } from './change-list.tsx';
import { useForm } from './form-context.ts';
import { loosenedBy } from './loosened.ts';
import { LoosenedList } from './loosened-list.tsx';
import { useKeepOptions } from './option-queries.ts';
import type { JsonObject } from './option-tree.ts';
import { ShadowReport } from './shadow-report.tsx';
import { TrialResult } from './trial-result.tsx';
import { fromServer, type Violation } from './violations.ts';

interface ReviewDialogProps {
  reason: string;
  onReason(reason: string): void;
  onJudged(document: JsonObject, violations: readonly Violation[]): void;
  onJump(pointer: string): void;
  onConflict(): void;
  onClose(): void;
}

/** The server's `PutOptions` takes no longer one. */
const REASON_LENGTH = 1_000;

/** What changes, what it loosens, what the server says of it, what it would have changed; then it is applied. */
export function ReviewDialog({ reason, onReason, onJudged, onJump, onConflict, onClose }: ReviewDialogProps) {
  const { edit, fields } = useForm();
  const { changes, edited, base, baseVersion, conflict } = edit;
  const trial = usePutOptions();
  const applying = usePutOptions();
  const keep = useKeepOptions();
  const [tried, setTried] = useState<JsonObject | null>(null);
  const loosened = loosenedBy([...fields.values()], base, edited);
  const body = { options: edited as never, version: baseVersion };

  const attempt = (): void => {
    setTried(edited);
    trial.mutate(
      { ...body, dryRun: true },
      { onSuccess: () => onJudged(edited, []), onError: (error) => judged(error) },
    );
  };
  const judged = (error: RestError): void => {
    if (error.code === 'OPTIONS_CONFLICT') onConflict();
    onJudged(edited, fromServer(error.violations));
  };
  const first = useRef(attempt);
  useEffect(() => first.current(), []);

  const apply = (): void => {
    const said = reason.trim();
    applying.mutate(
      { ...body, ...(said === '' ? {} : { reason: said }) },
      {
        onSuccess: (answer: ChangedOptions) => {
          edit.discard();
          keep(answer);
          onReason('');
          showToast({ tone: 'good', title: `Version ${answer.version} is in force.` });
          onClose();
        },
        onError: judged,
      },
    );
  };

  const isTried = trial.isSuccess && tried === edited;
  const needsReason = loosened.length > 0 && reason.trim() === '';
  const blocked =
    conflict !== null
      ? 'Another version came into force meanwhile.'
      : !isTried
        ? 'It has to pass the dry run first.'
        : needsReason
          ? 'Loosening needs a reason.'
          : changes.length === 0
            ? 'Nothing is changed.'
            : null;
  return (
    <Dialog
      isOpen
      onClose={onClose}
      isDismissable={false}
      size="wide"
      title={`Review ${changes.length} ${changes.length === 1 ? 'change' : 'changes'} against version ${baseVersion}`}
      actions={
        <div className="options-actions">
          <span className="options-blocked faint" role="status">
            {blocked ?? ''}
          </span>
          <Button onPress={onClose}>Back</Button>
          <Button isDisabled={trial.isPending || changes.length === 0 || conflict !== null} onPress={attempt}>
            Try again
          </Button>
          <Button kind="primary" isDisabled={blocked !== null || applying.isPending} onPress={apply}>
            {applying.isPending ? 'Applying …' : `Apply as version ${baseVersion + 1}`}
          </Button>
        </div>
      }
    >
      {conflict !== null && (
        <Note tone="bad" icon="warn" role="alert">
          Version {edit.running.version} came into force meanwhile. Your edit is kept.{' '}
          <Button size="small" onPress={onConflict}>
            See what it changed
          </Button>
        </Note>
      )}
      <ChangeList label="Changes to apply" changes={changes} onJump={onJump} onUndo={edit.undo} />
      {loosened.length > 0 && <LoosenedList loosened={loosened} />}
      <Field
        label={loosened.length > 0 ? 'Reason (needed: limits are loosened)' : 'Reason (recorded with the change)'}
        errors={needsReason && isTried ? ['Say why these limits may be looser.'] : []}
      >
        {(control) => (
          <textarea
            {...control}
            rows={2}
            maxLength={REASON_LENGTH}
            value={reason}
            onChange={(event) => onReason(event.target.value)}
          />
        )}
      </Field>
      <TrialResult trial={trial} isOld={trial.isSuccess && tried !== edited} onJump={onJump} />
      {isTried && <ShadowReport answer={trial.data} edited={edited} />}
      {blocked !== null && <p className="options-blocked-phone faint">{blocked}</p>}
      {applying.error !== null && <ApplyFault error={applying.error} />}
    </Dialog>
  );
}

function ApplyFault({ error }: { error: RestError }) {
  return (
    <Note tone="bad" icon="warn" role="alert">
      {isOutcomeUnknown(error)
        ? 'No answer came: whether the change is in force is not known. Your edit is kept; the version above tells once the server answers.'
        : `Not applied: ${error.message}`}{' '}
      <code>{error.code}</code>
    </Note>
  );
}
