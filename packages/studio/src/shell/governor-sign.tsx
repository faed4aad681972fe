import { queryKeys, useGovernor, useOldSince } from '#data/index.ts';
import { Icon, toneClass } from '#design/index.ts';
import { routeTo } from '#page/route.ts';
import { actionLooks } from '#words/code-names.ts';
import { killLook } from '#words/kill-words.ts';
import { OldSince } from './old-since.tsx';

/** What the governor lets through, or the kill that is on. What is not known to be so any more has no green and no tick. */
export function GovernorSign({ isOutdated }: { isOutdated: boolean }) {
  const { data: governor } = useGovernor();
  const oldSince = useOldSince(queryKeys.governor);
  const kill = governor === undefined ? null : killLook(governor.killSwitch);
  const look = governor === undefined ? undefined : actionLooks[governor.action];
  const tone = kill?.tone ?? look?.tone ?? 'calm';
  const isDoubtful = tone === 'good' && (isOutdated || oldSince !== null);
  return (
    <a
      className={`strip-governor${toneClass(isDoubtful ? 'calm' : tone)}`}
      href={routeTo(kill === null ? 'now' : 'kill')}
    >
      <Icon name={isDoubtful ? 'clock' : (kill?.icon ?? look?.icon ?? 'shield')} size={18} />
      <span>
        <span className="visually-hidden">Governor: </span>
        {kill?.short ?? look?.name ?? 'Reading …'} <OldSince since={oldSince} />
      </span>
    </a>
  );
}
