import { QueryClientProvider } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useEffect } from 'react';
import type { StudioData } from './studio-data.ts';

const DataContext = createContext<StudioData | null>(null);

/** Starts the data layer while it is on the page. */
export function DataProvider({ data, children }: { data: StudioData; children: ReactNode }) {
  useEffect(() => {
    data.start();
    return () => data.stop();
  }, [data]);
  return (
    <DataContext value={data}>
      <QueryClientProvider client={data.queries}>{children}</QueryClientProvider>
    </DataContext>
  );
}

export function useStudioData(): StudioData {
  const data = useContext(DataContext);
  if (data === null) throw new Error('used outside of DataProvider');
  return data;
}
