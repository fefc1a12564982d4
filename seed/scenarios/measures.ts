import { addDays } from '../generate/calendar.ts';
import { cycleDays } from './account.ts';
import type { Story } from './scenario.ts';

/** Megabytes of a gigabyte, as the overage policy counts. */
const megabytesPerGigabyte = 1000;

/** Gigabytes used in the cycle that ends on the invoice date. */
export function usedInCycle({ usage, latestInvoice }: Story): number {
  const last = latestInvoice.invoice_date;
  const first = addDays(last, 1 - cycleDays);
  const days = usage.filter((day) => day.usage_date >= first && day.usage_date <= last);
  return days.reduce((sum, day) => sum + day.data_used_mb, 0) / megabytesPerGigabyte;
}

/** Gigabytes above the cap of the plan in the cycle that ends on the invoice date; 0 without a cap. */
export function overageInCycle(story: Story): number {
  const cap = story.subscription.data_cap_gb;
  return cap === null ? 0 : Math.max(0, usedInCycle(story) - cap);
}

/** Gigabytes with one decimal. */
export function gigabytes(value: number): string {
  return value.toFixed(1);
}

/** An amount in dollars with its cents. */
export function dollarsAndCents(dollars: number): string {
  return dollars.toFixed(2);
}

/** The ways in which an amount is written in an answer. */
export function amountTexts(dollars: number): string[] {
  const text = dollarsAndCents(dollars);
  return Number.isInteger(dollars) ? [text, `$${dollars}`, `${dollars} dollars`] : [text];
}

/** The ways in which a day is written in an answer. */
export function dayTexts(day: string): string[] {
  const date = new Date(day);
  const long = date.toLocaleDateString('en-US', { month: 'long', day: 'numeric', timeZone: 'UTC' });
  const british = date.toLocaleDateString('en-GB', { month: 'long', day: 'numeric', timeZone: 'UTC' });
  return [day, long, british];
}

/** Whole working days (Monday to Friday) after one day and up to another. */
export function workingDays(from: string, to: string): number {
  let count = 0;
  for (let day = addDays(from, 1); day <= to; day = addDays(day, 1)) {
    const weekday = new Date(day).getUTCDay();
    count += weekday === 0 || weekday === 6 ? 0 : 1;
  }
  return count;
}
