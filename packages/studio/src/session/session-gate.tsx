import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { DataProvider } from '#data/data-context.tsx';
import { createStudioData, type StudioData } from '#data/studio-data.ts';
import { useStore } from '#stores/store.ts';
import { createSession, type Session } from './session.ts';
import { SessionContext } from './session-context.tsx';
import type { Caller } from './session-state.ts';
import { TokenForm } from './token-form.tsx';

const { appKey = 'inspector', version = '' } = document.documentElement.dataset;

/** Lets the page in with an accepted token. One that ends later is asked for above the page: no edit is lost. */
export function SessionGate({ children }: { children: ReactNode }) {
  const [session] = useState(createSession);
  useEffect(() => {
    session.start();
    return () => session.stop();
  }, [session]);
  const state = useStore(session, (current) => current);
  switch (state.kind) {
    case 'checking':
      return <Front title="Opening Studio …" />;
    case 'unreachable':
      return (
        <Front title="No connection to the server" tone="bad">
          <p role="alert">{state.detail} Trying again every two seconds; this page opens by itself.</p>
        </Front>
      );
    case 'token-needed':
      if (state.caller !== null) {
        return (
          <Opened session={session} caller={state.caller} isAsking>
            {children}
          </Opened>
        );
      }
      return (
        <Front title="Studio">
          <TokenForm refused={state.refused} onEnter={session.enter} />
        </Front>
      );
    case 'open':
      return (
        <Opened session={session} caller={state.caller} isAsking={false}>
          {children}
        </Opened>
      );
  }
}

interface OpenedProps {
  session: Session;
  caller: Caller;
  isAsking: boolean;
  children: ReactNode;
}

function Opened({ session, caller, isAsking, children }: OpenedProps) {
  const [data] = useState<StudioData>(() =>
    createStudioData({ appKey, token: session.token, onTokenRefused: session.refused }),
  );
  const wasAsking = useRef(isAsking);
  useEffect(() => {
    if (wasAsking.current && !isAsking) data.tokenChanged();
    wasAsking.current = isAsking;
  }, [data, isAsking]);
  const value = useMemo(() => ({ caller, appKey, version, leave: session.leave }), [caller, session]);
  return (
    <SessionContext value={value}>
      <DataProvider data={data}>{children}</DataProvider>
      {isAsking && (
        <div className="token-cover" role="dialog" aria-modal="true" aria-label="Access token needed">
          <div className="front-card">
            <h1 className="front-title">The token is no longer accepted</h1>
            <TokenForm refused onEnter={session.enter} />
          </div>
        </div>
      )}
    </SessionContext>
  );
}

function Front({ title, tone, children }: { title: string; tone?: 'bad'; children?: ReactNode }) {
  return (
    <main className="front">
      <div className="front-card">
        <p className="front-brand">Inspector</p>
        <h1 className={tone === undefined ? 'front-title' : 'front-title is-bad'}>{title}</h1>
        {children}
      </div>
    </main>
  );
}
