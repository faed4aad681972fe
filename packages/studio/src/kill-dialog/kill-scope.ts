/** What a kill or a stand-down covers. */
export const scopeKinds = ['global', 'account', 'symbol', 'detector'] as const;
export type ScopeKind = (typeof scopeKinds)[number] | 'side';

export interface ScopeChoice {
  kind: ScopeKind;
  /** Account key, symbol key, symbol key with side, or detector; empty for everything. */
  name: string;
}

export const scopeOf = ({ kind, name }: ScopeChoice): string =>
  kind === 'global' ? 'global' : `${kind}:${name.trim()}`;

/** Null while no name is chosen, or one with spaces, which no scope has. */
export function completeScope(choice: ScopeChoice): string | null {
  if (choice.kind === 'global') return 'global';
  const name = choice.name.trim();
  if (name === '' || /\s/.test(name)) return null;
  if (choice.kind === 'side' && !/:(LONG|SHORT)$/.test(name)) return null;
  return scopeOf(choice);
}

export function choiceOf(scope: string): ScopeChoice {
  const at = scope.indexOf(':');
  if (at < 0) return { kind: 'global', name: '' };
  const kind = scope.slice(0, at);
  const isKnown = kind === 'side' || (scopeKinds as readonly string[]).includes(kind);
  return isKnown ? { kind: kind as ScopeKind, name: scope.slice(at + 1) } : { kind: 'global', name: '' };
}

/** `everything`, `account paper:futures`, `symbol BTCUSDT at paper:futures`. */
export function scopeWords(scope: string): string {
  const { kind, name } = choiceOf(scope);
  const parts = name.split(':');
  switch (kind) {
    case 'global':
      return 'everything';
    case 'symbol':
      return parts.length < 3
        ? `symbol ${name}`
        : `symbol ${parts.slice(2).join(':')} at ${parts.slice(0, 2).join(':')}`;
    case 'side':
      return `${parts.at(-1) ?? ''} of ${parts.at(-2) ?? ''} at ${parts.slice(0, -2).join(':')}`;
    default:
      return `${kind} ${name}`;
  }
}

/** What has to be typed: another word for another scope, so that no habit triggers the wrong one. */
export function confirmWord(scope: string): string {
  const { kind, name } = choiceOf(scope);
  if (kind === 'global') return 'KILL ALL';
  const last = name.split(':').at(-1) ?? name;
  return `KILL ${kind === 'account' ? name : last}`;
}

/** Case and spaces around do not count: it has to be meant, not to be pretty. */
export const isConfirmed = (scope: string, typed: string): boolean =>
  typed.trim().replace(/\s+/g, ' ').toUpperCase() === confirmWord(scope).toUpperCase();
