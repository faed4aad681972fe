import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { FaultBoundary } from '#design/fault-boundary.tsx';
import { SessionGate } from '#session/session-gate.tsx';
import { App } from './app.tsx';
import { PageFault } from './page-fault.tsx';

const root = document.getElementById('root');
if (root === null) throw new Error('the page has no root');
createRoot(root).render(
  <StrictMode>
    <FaultBoundary name="page" fallback={(error, retry) => <PageFault error={error} onRetry={retry} />}>
      <SessionGate>
        <App />
      </SessionGate>
    </FaultBoundary>
  </StrictMode>,
);
