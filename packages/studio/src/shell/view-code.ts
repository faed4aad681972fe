/** The code of a view, fetched at most once at a time and kept once it is there. */
export interface ViewCode<Code> {
  /** What has been fetched; undefined before. */
  loaded(): Code | undefined;
  /** Fetches it. A fetch that failed is forgotten, so that the next call asks the server anew. */
  load(): Promise<Code>;
}

export function createViewCode<Code>(fetchCode: () => Promise<Code>): ViewCode<Code> {
  let code: Code | undefined;
  let fetching: Promise<Code> | undefined;

  async function fetchOnce(): Promise<Code> {
    try {
      code = await fetchCode();
      return code;
    } finally {
      fetching = undefined;
    }
  }

  return {
    loaded: () => code,
    load() {
      if (code !== undefined) return Promise.resolve(code);
      fetching ??= fetchOnce();
      return fetching;
    },
  };
}
