import { useState } from 'react';
import { useConnection } from '#data/index.ts';
import { Button, Icon } from '#design/index.ts';
import { useForm } from './form-context.ts';

interface EditBarProps {
  onReview(): void;
  onConflict(): void;
  onJump(pointer: string): void;
}

/** At the foot: what was changed, what stands in the way, and the way on. Its place is always there. */
export function EditBar({ onReview, onConflict, onJump }: EditBarProps) {
  const { edit, violations, isReadOnly } = useForm();
  const connection = useConnection();
  const [isAsking, setAsking] = useState(false);
  const { changes, conflict, isUnkept, running, discard } = edit;
  if (isReadOnly) return null;
  const isAway = ['lost', 'stale', 'inspector-away'].includes(connection.kind);
  const first = violations[0];
  return (
    <section className={changes.length === 0 ? 'options-bar' : 'options-bar has-changes'} aria-label="Your changes">
      <p className="options-bar-words" role="status">
        {changes.length === 0 ? (
          <span className="faint">Nothing changed against version {running.version}.</span>
        ) : (
          <>
            <strong className="number">{changes.length}</strong> {changes.length === 1 ? 'change' : 'changes'}, not
            applied
          </>
        )}
        {changes.length > 0 && !isUnkept && <span className="faint options-bar-kept">kept in this tab</span>}
        {isUnkept && <span className="is-warn options-bar-kept">the browser has no room to keep it over a reload</span>}
        {isAway && changes.length > 0 && (
          <span className="is-warn options-bar-kept">no connection; your edit stays</span>
        )}
      </p>
      {conflict !== null && (
        <Button kind="danger-quiet" icon="warn" onPress={onConflict}>
          Version {running.version} came meanwhile
        </Button>
      )}
      {first !== undefined && (
        <Button kind="quiet" onPress={() => onJump(first.pointer)}>
          <span className="options-bar-faults">
            <Icon name="warn" size={13} /> {violations.length} wrong
          </span>
        </Button>
      )}
      {changes.length > 0 &&
        (isAsking ? (
          <span className="options-bar-ask">
            Discard {changes.length === 1 ? 'it' : `all ${changes.length}`}?
            <Button
              kind="danger"
              onPress={() => {
                setAsking(false);
                discard();
              }}
            >
              Discard
            </Button>
            <Button onPress={() => setAsking(false)}>Keep</Button>
          </span>
        ) : (
          <Button kind="quiet" onPress={() => setAsking(true)}>
            Discard
          </Button>
        ))}
      <Button kind="primary" isDisabled={changes.length === 0 || conflict !== null} onPress={onReview}>
        Review and try …
      </Button>
    </section>
  );
}
