import { spawn } from 'node:child_process';

/**
 * Kills process `pid` when this one ends, however it ends: a small shell waits at the other end of a pipe, and the
 * operating system closes a dead process's end. The answer calls the watch off; call it once `pid` has ended.
 */
export function endWithParent(pid: number): () => void {
  const script = 'read -r word; [ "$word" = ended ] || kill -KILL "$0"';
  // In a session of its own, so that a ^C that ends the parent leaves it alive to do its work.
  const guard = spawn('sh', ['-c', script, String(pid)], { stdio: ['pipe', 'ignore', 'ignore'], detached: true });
  guard.on('error', () => {});
  guard.stdin.on('error', () => {});
  guard.unref();
  const stdin = guard.stdin as typeof guard.stdin & { unref?: () => void };
  stdin.unref?.();
  return () => guard.stdin.end('ended\n');
}
