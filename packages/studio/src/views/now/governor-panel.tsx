import { useState } from 'react';
import { useAudit, useGovernor, useNewestRecords, useServerNow } from '#data/index.ts';
import { Button, Icon, Panel, Time, toneClass, Waiting } from '#design/index.ts';
import { useMay } from '#session/session-context.tsx';
import { formatDuration, formatWhen } from '#words/format.ts';
import { circuitSentences, type GovernorReading, readGovernor } from './governor-reading.ts';
import { LockList } from './lock-list.tsx';
import { ProtectionLine } from './protection-line.tsx';
import { StanddownDialog } from './standdown-dialog.tsx';

const HEIGHT = 196;

const isGovernorChange = ({ kind }: { kind: string }): boolean => kind === 'GOVERNOR_CHANGED';

/** The largest thing on the page: what the governor lets happen, why, since when and until when. */
export function GovernorPanel() {
  const { data: governor } = useGovernor();
  const [isAsking, setIsAsking] = useState(false);
  const mayOperate = useMay('operator');
  if (governor === undefined) return <Waiting height={HEIGHT} label="Governor" />;
  const reading = readGovernor(governor);
  const isStoodDown = governor.locks.some(({ code, scope }) => code === 'STAND_DOWN_ACTIVE' && scope === 'global');
  return (
    <Panel className={`now-governor${toneClass(reading.tone)}`} label="Governor" flush>
      <div className="now-governor-body">
        <div className="now-governor-sign">
          <Icon name={reading.icon} size={40} />
        </div>
        <div className="now-governor-text">
          <p className="now-governor-kind">Governor</p>
          <p className="now-governor-title">{reading.title}</p>
          <p className="now-governor-sentence">{reading.sentence}</p>
          <Term reading={reading} />
        </div>
        {mayOperate && !isStoodDown && (
          <div className="now-governor-actions">
            <Button icon="stand-down" onPress={() => setIsAsking(true)}>
              Stand down
            </Button>
          </div>
        )}
      </div>
      <ProtectionLine />
      {circuitSentences(governor).map((sentence) => (
        <p className="now-governor-circuit" key={sentence}>
          <Icon name="warn" size={13} />
          {sentence}
        </p>
      ))}
      <LockList governor={governor} />
      {isAsking && <StanddownDialog onClose={() => setIsAsking(false)} />}
    </Panel>
  );
}

/** Why, since when, until when. */
function Term({ reading }: { reading: GovernorReading }) {
  const now = useServerNow();
  const live = useNewestRecords(isGovernorChange, 1)[0];
  const { data: stored } = useAudit({ kind: 'GOVERNOR_CHANGED', limit: 1 }, live === undefined);
  const since = reading.since ?? live?.ts ?? stored?.data[0]?.ts ?? null;
  return (
    <dl className="now-governor-term">
      <div>
        <dt>Why</dt>
        <dd>{reading.why.length === 0 ? 'no limit is reached' : reading.why.join(' · ')}</dd>
      </div>
      <div>
        <dt>Since</dt>
        <dd>
          {since === null ? (
            'the first start'
          ) : (
            <>
              <Time ts={since} /> <span className="faint">for {formatDuration(Math.max(0, now - since))}</span>
            </>
          )}
        </dd>
      </div>
      <div>
        <dt>Until</dt>
        <dd>{untilWords(reading.until, now)}</dd>
      </div>
    </dl>
  );
}

function untilWords(until: GovernorReading['until'], now: number): string {
  if (until === null) return 'a limit is reached';
  if (until === 'by hand') return 'somebody re-arms it';
  if (until === 'flat and by hand') return 'the venue shows flat and somebody re-arms it';
  return `${formatWhen(until)}, in ${formatDuration(Math.max(0, until - now))}`;
}
