/** Remembers which methods each path has, so that a wrong method is told (405) from an unknown path (404). */
export interface KnownPaths {
  add(url: string, method: string | readonly string[]): void;
  /** The methods of a requested path, sorted; empty when no route has it. */
  methodsOf(path: string): string[];
}

export function createKnownPaths(): KnownPaths {
  const byUrl = new Map<string, { pattern: RegExp; methods: Set<string> }>();
  return {
    add(url, method) {
      const known = byUrl.get(url) ?? { pattern: patternOf(url), methods: new Set<string>() };
      for (const each of [method].flat()) known.methods.add(each);
      byUrl.set(url, known);
    },
    methodsOf(path) {
      const methods = new Set<string>();
      for (const known of byUrl.values()) {
        if (known.pattern.test(path)) for (const method of known.methods) methods.add(method);
      }
      return [...methods].sort();
    },
  };
}

/** `/a/:b/*` as a regular expression. A route for everything (`*`) says nothing about a path, so it matches none. */
function patternOf(url: string): RegExp {
  if (url === '*' || url === '/*') return /^(?!)/;
  const source = url
    .split('/')
    .map((part) => (part.startsWith(':') ? '[^/]+' : part.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replace('*', '.*')))
    .join('/');
  return new RegExp(`^${source}$`);
}
