/** Runs the rest of a start; when that fails, what was opened before it is closed, or it would keep the process alive. */
export async function closeOnFailure<T>(close: () => Promise<unknown>, start: () => Promise<T>): Promise<T> {
  try {
    return await start();
  } catch (error) {
    await close();
    throw error;
  }
}
