/** A wait that fails the test instead of hanging it; the machine may be busy with other tests. */
const PATIENCE_MS = 45_000;

export async function until(condition: () => boolean | Promise<boolean>, what: string | (() => string)): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  while (!(await condition())) {
    if (Date.now() > deadline)
      throw new Error(`it did not come to pass that ${typeof what === 'string' ? what : what()}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
