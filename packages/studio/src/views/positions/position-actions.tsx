import type { Accepted, PositionRuntimeState } from '@inspector/contract';
import { useState } from 'react';
import { Button, Icon } from '#design/index.ts';
import { routeTo } from '#page/route.ts';
import { useMay, useSession } from '#session/session-context.tsx';
import { AdoptDialog } from './adopt-dialog.tsx';
import { CloseDialog } from './close-dialog.tsx';
import { ProtectionDialog } from './protection-dialog.tsx';

type Asked = 'close' | 'adopt' | 'protection' | null;

/** What can be done to a position by whom; the last answer stays until the next. */
export function PositionActions({ position }: { position: PositionRuntimeState }) {
  const mayOperate = useMay('operator');
  const { caller } = useSession();
  const [asked, setAsked] = useState<Asked>(null);
  const [done, setDone] = useState<{ text: string; seq: number } | null>(null);
  if (!mayOperate) {
    return (
      <p className="positions-note faint">
        The role of this token, {caller.role}, reads. Closing, adopting and protecting ask for operator.
      </p>
    );
  }
  const dialog = {
    position,
    onClose: () => setAsked(null),
    onDone(text: string, { seq }: Accepted) {
      setAsked(null);
      setDone({ text, seq });
    },
  };
  const isLegacy = position.ownership === 'legacy';
  return (
    <div className="positions-actions">
      {isLegacy ? (
        <Button icon="shield" onPress={() => setAsked('adopt')}>
          Adopt …
        </Button>
      ) : (
        <Button icon="shield" isDisabled={position.status !== 'open'} onPress={() => setAsked('protection')}>
          Stop and target …
        </Button>
      )}
      <Button
        kind="danger-quiet"
        icon="close"
        isDisabled={position.status !== 'open'}
        onPress={() => setAsked('close')}
      >
        {position.status === 'closing' ? 'Closing' : 'Close …'}
      </Button>
      <p className="positions-done" role="status">
        {done !== null && (
          <>
            <span className="is-good">
              <Icon name="check" size={12} />
            </span>{' '}
            {done.text} <a href={routeTo('audit', { seq: String(done.seq) })}>Record {done.seq}</a>
          </>
        )}
      </p>
      {asked === 'close' && <CloseDialog {...dialog} />}
      {asked === 'adopt' && <AdoptDialog {...dialog} />}
      {asked === 'protection' && <ProtectionDialog {...dialog} />}
    </div>
  );
}
