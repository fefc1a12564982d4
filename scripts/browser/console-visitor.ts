import type { Frame, FrameLocator, Page } from 'playwright-core';

/** From the gateway's root to the console of a tenant, by clicking. */
export async function signIn(
  page: Page,
  origin: string,
  user: string,
  tenant = 'Contoso Communications',
): Promise<void> {
  await page.goto(`${origin}/`);
  await page.getByRole('link', { name: tenant }).click();
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('button', { name: 'Allow' }).click();
  await page.getByRole('button', { name: user }).click();
  await page.getByRole('heading', { name: 'What you may do' }).waitFor();
}

/** Chooses a tool of the list by its title, and calls it by its form: a field at a time, as its user does. */
export async function callTool(
  page: Page,
  title: string,
  fields: Readonly<Record<string, string>>,
): Promise<void> {
  await page.getByRole('link', { name: 'Tools', exact: true }).click();
  await page
    .getByRole('navigation', { name: 'Tools' })
    .getByRole('link', { name: title, exact: true })
    .click();
  const form = page.getByRole('main').locator('form');
  for (const [name, value] of Object.entries(fields)) {
    await form.locator(`#root_${name}`).fill(value);
  }
  await form.getByRole('button', { name: 'Call' }).click();
}

/** What the service answered, as the console has it. */
export async function answerIn(page: Page): Promise<unknown> {
  await page.getByText('As JSON').click();
  return JSON.parse(await page.getByRole('main').locator('pre').innerText());
}

/** The first subscription of a customer. */
export async function subscriptionOf(page: Page, customer: number): Promise<string> {
  await callTool(page, 'Customer profile and subscriptions', { customer_id: String(customer) });
  const { subscriptions } = (await answerIn(page)) as {
    readonly subscriptions: readonly { readonly subscription_id: number }[];
  };
  return String(subscriptions[0]?.subscription_id);
}

/** What the card of a call shows. */
export const cardIn = (page: Page): FrameLocator => page.frameLocator('main iframe');

/** The frame of that card. @throws Error when none is shown */
export async function frameOf(page: Page): Promise<Frame> {
  const frame = await (await page.locator('main iframe').elementHandle())?.contentFrame();
  if (!frame) {
    throw new Error('There is no card.');
  }
  return frame;
}
