import { Suspense, useEffect } from 'react';
import { isOutdated, useConnection, useFirstPicture } from '#data/index.ts';
import { EmptyState, Icon, toneClass, Waiting } from '#design/index.ts';
import { Toasts } from '#design/toast.tsx';
import { KillDialogHost } from '#kill-dialog/kill-dialog-host.tsx';
import { connectionWords } from '#page/connection-words.ts';
import { useRoute } from '#page/route.ts';
import { Rail } from '#shell/rail.tsx';
import { useShortcuts } from '#shell/shortcuts.ts';
import { Strip } from '#shell/strip.tsx';
import { ViewBoundary } from '#shell/view-boundary.tsx';
import { views } from '#shell/views.ts';

/** The page around every view. */
export function App() {
  useShortcuts();
  useFirstPicture();
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
      <KillDialogAnywhere />
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
  const { name, title, View } = entry;
  return (
    <>
      <h1 className="visually-hidden">{title}</h1>
      <ViewBoundary name={name}>
        <Suspense fallback={<Waiting height="100%" label={title} />}>
          <View />
        </Suspense>
      </ViewBoundary>
    </>
  );
}

/** The view of the kill switch has a place of its own for it. */
function KillDialogAnywhere() {
  const { view } = useRoute();
  return view === 'kill' ? null : <KillDialogHost />;
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
