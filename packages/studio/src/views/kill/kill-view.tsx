import { useEffect } from 'react';
import { useGovernor } from '#data/index.ts';
import { ErrorState, Waiting } from '#design/index.ts';
import { openKillDialog } from '#kill-dialog/kill-dialog-store.ts';
import { useRoute } from '#page/route.ts';
import { ArmedPanel } from './armed-panel.tsx';
import { HistoryPanel } from './history-panel.tsx';
import { LivePanel } from './live-panel.tsx';
import { LocksPanel } from './locks-panel.tsx';
import '#kill-dialog/kill-dialog.css';
import './kill.css';

/** The kill switch: its state, the kill that runs, locks and stand-down, and what was killed before. */
export function KillView() {
  const { data: governor, error, refetch } = useGovernor();
  const { params } = useRoute();
  useEffect(() => {
    if (params.scope !== undefined) openKillDialog(params.scope);
  }, [params.scope]);
  const killSwitch = governor?.killSwitch;
  const isLive = killSwitch !== undefined && killSwitch.state !== 'IDLE' && killSwitch.state !== 'REARMED';
  return (
    <div className="kill">
      {killSwitch === undefined ? (
        <section className="panel">
          {error === null ? (
            <Waiting height={220} label="Reading the kill switch" />
          ) : (
            <ErrorState
              title="The state of the kill switch cannot be read"
              error={error}
              onRetry={() => void refetch()}
            />
          )}
        </section>
      ) : isLive ? (
        <LivePanel killSwitch={killSwitch} />
      ) : (
        <ArmedPanel killSwitch={killSwitch} />
      )}
      <LocksPanel governor={governor} />
      <HistoryPanel />
    </div>
  );
}
