import type { Page } from 'playwright-core';

/** Goes to a view by the rail, as it is named there. */
export async function openView(page: Page, title: string): Promise<void> {
  const rail = page.getByRole('navigation', { name: 'Views' });
  await rail.getByRole('link', { name: title, exact: true }).click();
}
