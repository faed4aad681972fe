import type { OptionsResponse, OptionsVersion, OptionsVersionsResponse } from '@inspector/contract';
import { useMutation, useQuery } from '@tanstack/react-query';
import { queryKeys, type RestError, useStudioData } from '#data/index.ts';
import type { JsonObject } from './option-tree.ts';

/** JSON Schema of the options; it changes only with the program. */
export function useOptionsSchema() {
  const { rest, inspectorPath } = useStudioData();
  return useQuery<unknown, RestError>({
    queryKey: [...queryKeys.options, 'schema'],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: ({ signal }) => rest(inspectorPath('/options/schema'), { signal }),
  });
}

/** Every version that is kept, the newest first; read again after a change. */
export function useOptionVersions(enabled: boolean) {
  const { rest, inspectorPath } = useStudioData();
  return useQuery<OptionsVersionsResponse, RestError, OptionsVersion[]>({
    queryKey: [...queryKeys.options, 'versions'],
    enabled,
    select: ({ data }) => data,
    queryFn: ({ signal }) => rest(inspectorPath('/options/versions'), { signal }),
  });
}

/** The whole options of one version. */
export function useReadVersion() {
  const { rest, inspectorPath } = useStudioData();
  return useMutation<{ version: number; options: JsonObject }, RestError, number>({
    mutationFn: (version) => rest(inspectorPath(`/options/versions/${version}`)),
  });
}

/** Puts the answer of a change where every view reads the options from, before they are read again. */
export function useKeepOptions(): (answer: Pick<OptionsResponse, 'options' | 'version'>) => void {
  const { queries } = useStudioData();
  return ({ options, version }) => {
    queries.setQueryData(queryKeys.options, { options, version });
    void queries.invalidateQueries({ queryKey: [...queryKeys.options, 'versions'] });
  };
}
