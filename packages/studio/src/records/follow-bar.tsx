import { useEffect } from 'react';
import { useConnection } from '#data/index.ts';
import { Badge, Button } from '#design/index.ts';
import { connectionWords } from '#page/connection-words.ts';
import { formatCount } from '#words/format.ts';
import type { Timeline, TimelinePicture } from './timeline.ts';

export interface FollowBarProps {
  timeline: Timeline;
  picture: TimelinePicture;
  paused: boolean;
  onPause(paused: boolean): void;
}

/** Whether the rows follow what happens, what came meanwhile, and the way back to it. `P` pauses and goes on. */
export function FollowBar({ timeline, picture, paused, onPause }: FollowBarProps) {
  const connection = useConnection();
  const { following, waiting } = picture;
  const toggle = (): void => {
    onPause(following);
    if (following) timeline.hold();
    else timeline.follow();
  };
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key !== 'p' || event.ctrlKey || event.metaKey || event.altKey || isElsewhere(event.target)) return;
      event.preventDefault();
      toggle();
    };
    addEventListener('keydown', onKeyDown);
    return () => removeEventListener('keydown', onKeyDown);
  });
  const words = connectionWords(connection);
  const isLive = connection.kind === 'live';
  return (
    <>
      <span className="records-follow-state" role="status">
        {isLive ? (
          <Badge tone={following ? 'good' : 'warn'} icon={following ? 'down' : 'stand-down'}>
            {following ? 'Following' : paused ? 'Paused' : 'Reading back'}
          </Badge>
        ) : (
          <Badge tone={words.tone} icon={words.icon}>
            {words.short}
          </Badge>
        )}
      </span>
      <Button size="small" icon={following ? 'stand-down' : 'up'} onPress={toggle} aria-keyshortcuts="p">
        {following ? 'Pause' : waiting === 0 ? 'Follow' : `Follow, ${formatCount(waiting)} new`}
      </Button>
    </>
  );
}

const isElsewhere = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (/^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) || target.closest('[role="dialog"]') !== null);
