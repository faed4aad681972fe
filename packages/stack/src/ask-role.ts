const ANSWER_MS = 2_000;

/** What an Inspector says that it does: `acts`, `stands by`, or why it cannot be said. */
export async function askRole(url: string, token: string | undefined): Promise<string> {
  try {
    const response = await fetch(`${url}/api/inspector/health/nodes`, {
      headers: { connection: 'close', ...(token ? { authorization: `Bearer ${token}` } : {}) },
      signal: AbortSignal.timeout(ANSWER_MS),
    });
    if (!response.ok) return `answers ${response.status}`;
    const { data } = (await response.json()) as { data: { name: string; data?: { role?: string } }[] };
    const role = data.find(({ name }) => name === 'lease')?.data?.role;
    return role === 'active' ? 'acts' : role === 'standby' ? 'stands by' : 'does not say whether it acts';
  } catch {
    return 'does not answer';
  }
}
