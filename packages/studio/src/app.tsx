import { useEffect } from 'react';
import { isOutdated, useConnection, useFirstPicture } from '#data/index.ts';
import { EmptyState, Icon, toneClass } from '#design/index.ts';
import { Toasts } from '#design/toast.tsx';
import { KillDialogHost } from '#kill-dialog/kill-dialog-host.tsx';
import { connectionWords } from '#page/connection-words.ts';
import { useRoute } from '#page/route.ts';
import { useViewsFetchedAhead } from '#shell/fetch-ahead.ts';
import { Rail } from '#shell/rail.tsx';
import { Strip } from '#shell/strip.tsx';
import { useShortcuts } from '#shell/use-shortcuts.ts';
import { ViewPlace } from '#shell/view-place.tsx';
import { views } from '#shell/views.ts';

/** The page around every view. */
export function App() {
  useShortcuts();
  useFirstPicture();
  useViewsFetchedAhead();
  const connection = useConnection();
  return (
    <div className="app">
      <Rail />
      <Strip />
      <Notice />
      <main className={isOutdated(connection) ? 'view is-outdated' : 'view'}>
        <OpenView />
      </main>
      <Toasts />
      <KillDialogHost />
    </div>
  );
}

function OpenView() {
  const { view } = useRoute();
  const entry = views.find(({ name }) => name === view);
  useEffect(() => {
    document.title = entry === undefined ? 'Inspector' : `${entry.title} · Inspector`;
  }, [entry]);
  if (entry === undefined) return <EmptyState title="There is no such view">Choose one of those beside.</EmptyState>;
  return (
    <>
      <h1 className="visually-hidden">{entry.title}</h1>
      <ViewPlace entry={entry} />
    </>
  );
}

/** Says across the page what is wrong with the connection, for as long as it is. */
function Notice() {
  const { notice, tone, icon } = connectionWords(useConnection());
  return (
    <div className="notice-place" role="status">
      {notice !== null && (
        <p className={`notice${toneClass(tone)}`}>
          <span className="notice-icon">
            <Icon name={icon} size={14} />
          </span>
          {notice}
        </p>
      )}
    </div>
  );
}
