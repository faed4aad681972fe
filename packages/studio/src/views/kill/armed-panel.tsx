import type { KillSwitchState } from '@inspector/contract';
import { Button, Icon } from '#design/index.ts';
import { openKillDialog } from '#kill-dialog/kill-dialog-store.ts';
import { useMay, useSession } from '#session/session-context.tsx';

/** Nothing is killed: what the switch would do, and the way to it. */
export function ArmedPanel({ killSwitch }: { killSwitch: KillSwitchState }) {
  const may = useMay('operator');
  const { caller } = useSession();
  return (
    <section className="panel kill-state tone-good" aria-label="State of the kill switch">
      <div className="kill-state-head">
        <Icon name="shield" size={26} />
        <div>
          <h2 className="kill-state-title">Ready</h2>
          <p className="soft">
            {killSwitch.state === 'REARMED'
              ? 'The last kill was re-armed; nothing is killed now.'
              : 'Nothing is killed.'}
          </p>
        </div>
      </div>
      <p>
        It shuts out entries, cancels orders, closes positions at market and then asks the venue itself until it shows
        flat. It needs no bus and goes on after a restart. Nothing happens before a word is typed.
      </p>
      {may ? (
        <div className="kill-state-actions">
          <Button kind="danger" size="large" icon="kill" onPress={() => openKillDialog()}>
            Kill everything …
          </Button>
          <Button kind="danger-quiet" size="large" onPress={() => openKillDialog('account:')}>
            An account …
          </Button>
          <Button kind="danger-quiet" size="large" onPress={() => openKillDialog('symbol:')}>
            A symbol …
          </Button>
          <Button kind="danger-quiet" size="large" onPress={() => openKillDialog('detector:')}>
            A detector …
          </Button>
        </div>
      ) : (
        <div className="kill-state-actions">
          <Button size="large" onPress={() => openKillDialog()}>
            See what a kill would do …
          </Button>
          <span className="soft">
            <Icon name="lock" size={13} /> You are {caller.role}: an operator or an admin trips it.
          </span>
        </div>
      )}
    </section>
  );
}
