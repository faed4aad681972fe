import type { RegisterAppBody } from '@inspector/contract';

/** The Provider has seen a higher epoch of this Inspector: another instance has taken over. */
export interface FencedError extends Error {
  code: 'FENCED';
  /** The highest epoch that it has seen; 0 when it does not say. */
  highest: number;
}

export const isFencedError = (error: unknown): error is FencedError =>
  (error as { code?: unknown } | null)?.code === 'FENCED';

/** The Provider's list of applications. A call that rejects was not answered as it should be. */
export interface RegistryClient {
  /** Rejects with a `FencedError` when the app's epoch has been replaced. */
  register(app: RegisterAppBody): Promise<void>;
  /** False when the Provider does not know the application: it has restarted. */
  heartbeat(appKey: string): Promise<boolean>;
  unregister(appKey: string): Promise<void>;
}

/** Longest wait for an answer; a heartbeat that takes longer counts as lost. */
const DEADLINE_MS = 3_000;
/** Of signing off: a stop does not wait longer for a Provider that is gone. */
const SIGN_OFF_DEADLINE_MS = 1_000;

export interface HttpRegistryConfig {
  /** `http://host:port`, without `/api`. */
  url: string;
  /** Read for every call. */
  token: () => string;
}

/** The registry over the Provider's REST. */
export function createHttpRegistryClient({ url, token }: HttpRegistryConfig): RegistryClient {
  const base = `${url.replace(/\/+$/, '')}/api/apps/registry`;

  async function post(call: string, body: unknown, deadlineMs = DEADLINE_MS): Promise<number> {
    const response = await fetch(`${base}/${call}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token()}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(deadlineMs),
      redirect: 'error',
    });
    // The body is read, or its connection could not be used again.
    const text = await response.text();
    if (response.status === 409 && codeOf(text) === 'FENCED') throw fencedError(text);
    if (!response.ok && response.status !== 404)
      throw new Error(`the Provider answered ${response.status} ${codeOf(text)}`);
    return response.status;
  }

  const ref = (appKey: string) => ({ kind: 'inspector', appKey });
  return {
    async register(app) {
      if ((await post('register', app)) === 404) throw new Error('there is no registry at this address');
    },
    heartbeat: async (appKey) => (await post('heartbeat', ref(appKey))) !== 404,
    unregister: async (appKey) => void (await post('unregister', ref(appKey), SIGN_OFF_DEADLINE_MS)),
  };
}

function fencedError(text: string): FencedError {
  const { detail, errors } = JSON.parse(text) as { detail?: unknown; errors?: { message?: unknown }[] };
  const highest = Number(/\d+/.exec(String(errors?.[0]?.message ?? ''))?.[0] ?? 0);
  return Object.assign(new Error(String(detail)), { code: 'FENCED' as const, highest });
}

/** The code of a problem; nothing else of a body is repeated. */
function codeOf(text: string): string {
  try {
    const { code } = JSON.parse(text) as { code?: unknown };
    return typeof code === 'string' ? code.slice(0, 64) : '';
  } catch {
    return '';
  }
}
