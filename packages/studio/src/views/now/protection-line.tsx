import type { PositionRuntimeState } from '@inspector/contract';
import { usePositions } from '#data/index.ts';
import { Icon, toneClass } from '#design/index.ts';
import { routeTo } from '#page/route.ts';
import { protectionSummary } from './protection-summary.ts';

const none: readonly PositionRuntimeState[] = [];

/** Whether every open position is under a stop that works at the venue. */
export function ProtectionLine() {
  const { data = none, isPending } = usePositions('all');
  if (isPending) return <p className="now-governor-protection">&nbsp;</p>;
  const { tone, icon, sentence } = protectionSummary(data);
  return (
    <a className={`now-governor-protection${toneClass(tone)}`} href={routeTo('positions')}>
      <Icon name={icon} size={14} />
      {sentence}
    </a>
  );
}
