import type { Decision } from '@inspector/contract';
import { Badge, type IconName, type Tone } from '#design/index.ts';

const looks: Readonly<Record<Decision['decision'], { name: string; tone: Tone; icon: IconName }>> = {
  ALLOW: { name: 'Allowed', tone: 'good', icon: 'allow' },
  BLOCK: { name: 'Refused', tone: 'alert', icon: 'block' },
  THROTTLE: { name: 'Dropped', tone: 'warn', icon: 'throttle' },
};

export const outcomeName = (decision: Decision['decision']): string => looks[decision].name;

export function Outcome({ decision }: { decision: Decision['decision'] }) {
  const { name, tone, icon } = looks[decision];
  return (
    <Badge tone={tone} icon={icon}>
      {name}
    </Badge>
  );
}
