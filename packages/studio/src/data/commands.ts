import type {
  Accepted,
  AdoptBody,
  ClosePositionBody,
  KillPreviewBody,
  KillPreviewResponse,
  KillRearmBody,
  KillTriggerBody,
  KillTriggerResponse,
  OptionChange,
  OptionsPatch,
  OptionsResponse,
  ProtectionBody,
  RearmBody,
  StanddownBody,
} from '@inspector/contract';
import { type UseMutationResult, useMutation } from '@tanstack/react-query';
import { useStudioData } from './data-context.tsx';
import type { Call, Rest } from './rest.ts';
import type { RestError } from './rest-error.ts';

/**
 * As TanStack Query gives it: `mutate(body)`, `mutateAsync(body)`, `isPending`, `error` (a `RestError`), `data`. Never
 * repeated by itself. What it changed comes back as records, which refresh what is shown.
 */
export type Command<Body, Result> = UseMutationResult<Result, RestError, Body>;

function useCommand<Body, Result>(
  send: (body: Body, rest: Rest, path: (path: string) => string) => Promise<Result>,
): Command<Body, Result> {
  const { rest, inspectorPath, follower } = useStudioData();
  return useMutation<Result, RestError, Body>({
    mutationFn: (body) => send(body, rest, inspectorPath),
    onSettled: () => follower.ring(),
  });
}

const post = (body: unknown): Call => ({ method: 'POST', body });

interface OfPosition {
  positionId: string;
}

const positionPath = ({ positionId }: OfPosition, action: string): string =>
  `/risk/positions/${encodeURIComponent(positionId)}/${action}`;

/** Legacy becomes runtime and is protected from then on. `operator`. */
export const useAdoptPosition = (): Command<OfPosition & AdoptBody, Accepted> =>
  useCommand(({ positionId, ...body }, rest, path) => rest(path(positionPath({ positionId }, 'adopt')), post(body)));

/** Closes a position at market, all of it without a `quantity`. `operator`. */
export const useClosePosition = (): Command<OfPosition & ClosePositionBody, Accepted> =>
  useCommand(({ positionId, ...body }, rest, path) => rest(path(positionPath({ positionId }, 'close')), post(body)));

/** Sets stop or target. 409 `PROTECTION_LOOSER`: it needs `force` and a reason. `operator`. */
export const useSetProtection = (): Command<OfPosition & ProtectionBody, Accepted> =>
  useCommand(({ positionId, ...body }, rest, path) =>
    rest(path(positionPath({ positionId }, 'protection')), { method: 'PUT', body }),
  );

/** What a kill would cancel and close, and what that would cost. Changes nothing. `operator`. */
export const useKillPreview = (): Command<KillPreviewBody, KillPreviewResponse> =>
  useCommand((body, rest, path) => rest(path('/kill-switch/preview'), post(body)));

/** Starts the verified kill. Idempotent. `operator`. */
export const useKillTrigger = (): Command<KillTriggerBody, KillTriggerResponse> =>
  useCommand((body, rest, path) => rest(path('/kill-switch/trigger'), post(body)));

/** After `VERIFIED_FLAT`; 409 before, 403 `SECOND_ACTOR_REQUIRED` where one is needed. `operator`. */
export const useKillRearm = (): Command<KillRearmBody, Accepted> =>
  useCommand((body, rest, path) => rest(path('/kill-switch/rearm'), post(body)));

/** Ends a limit's lock by hand; `DRAWDOWN` needs a `baseline`. `operator`. */
export const useRearm = (): Command<RearmBody, Accepted> =>
  useCommand((body, rest, path) => rest(path('/governor/rearm'), post(body)));

/** Stops new entries or allows them again; exits keep working. `operator`. */
export const useStanddown = (): Command<StanddownBody, Accepted> =>
  useCommand((body, rest, path) => rest(path('/system/standdown'), post(body)));

export interface OptionsChange {
  options: OptionsPatch;
  /** Version that the change was made against: 412 `OPTIONS_CONFLICT` when another one is in force. */
  version: number;
  reason?: string;
  dryRun?: boolean;
}

/** The options after a change, or as they would be, with every value that changes. */
export type ChangedOptions = OptionsResponse & { difference: OptionChange[] };

/** Changes options, or tries a change. 400 `OPTIONS_INVALID` with all violations, as `/options/group/field`. `admin`. */
export const usePutOptions = (): Command<OptionsChange, ChangedOptions> =>
  useCommand(({ options, version, reason, dryRun }, rest, path) =>
    rest(path('/options'), {
      method: 'PUT',
      body: { options, ...(reason === undefined ? {} : { reason }) },
      headers: { 'if-match': `"${version}"` },
      query: { dryRun },
    }),
  );
