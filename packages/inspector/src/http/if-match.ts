/**
 * Whether an `If-Match` header lets a change of `version` pass: absent, `*`, or a list that names it. A weak tag never
 * matches (RFC 9110, 13.1.1); a bare number is taken for its tag, because people write it so with curl.
 */
export function matchesVersion(header: string | undefined, version: number): boolean {
  if (header === undefined) return true;
  const tags = header.split(',').map((tag) => tag.trim());
  return tags.includes('*') || tags.includes(`"${version}"`) || tags.includes(String(version));
}
