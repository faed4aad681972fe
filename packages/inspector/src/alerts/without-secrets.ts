/** Words of others that are repeated at most. */
const MAX_CHARACTERS = 200;
/** Shorter ones would blot out innocent words. */
const SHORTEST_SECRET = 4;

/** Makes what another side said fit to be shown: one short line, in which no secret stands. */
export function withoutSecrets(secrets: readonly string[]): (words: string) => string {
  const hidden = [...new Set(secrets.flatMap((secret) => [secret, encodeURIComponent(secret)]))]
    .filter((secret) => secret.length >= SHORTEST_SECRET)
    .sort((left, right) => right.length - left.length);
  return (words) => {
    let shown = words;
    for (const secret of hidden) shown = shown.replaceAll(secret, '(secret)');
    return shown
      .replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ')
      .trim()
      .slice(0, MAX_CHARACTERS);
  };
}
