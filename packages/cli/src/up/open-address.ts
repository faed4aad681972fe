import type { Provider } from '@inspector/provider';

/**
 * The address of the page. A token that was made here is told, because nobody knows it yet; one that its owner set is not
 * repeated.
 */
export function openAddress({ url, token }: Pick<Provider, 'url' | 'token'>): string {
  return `${url}/#token=${token.generated ? token.secret : '<PROVIDER_API_TOKEN>'}`;
}
