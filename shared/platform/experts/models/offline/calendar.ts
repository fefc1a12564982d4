import { addDays } from '#platform/dates';

/** Business days (Monday to Friday) after one day and up to another. */
export function businessDays(from: string, to: string): number {
  let count = 0;
  for (let day = addDays(from, 1); day <= to; day = addDays(day, 1)) {
    const weekday = new Date(day).getUTCDay();
    if (weekday !== 0 && weekday !== 6) {
      count += 1;
    }
  }
  return count;
}

const numberWords = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];

/** The day of which somebody speaks: a date, "tomorrow", or "in two days"; undefined when none is named. */
export function dayIn(text: string, today: string): string | undefined {
  const date = /\b\d{4}-\d{2}-\d{2}\b/.exec(text)?.[0];
  if (date !== undefined && !Number.isNaN(Date.parse(date))) {
    return date;
  }
  if (/\btomorrow\b/i.test(text)) {
    return addDays(today, 1);
  }
  const count = /\bin (\w+) days?\b/i.exec(text)?.[1]?.toLowerCase() ?? '';
  const days = /^\d{1,3}$/.test(count) ? Number(count) : numberWords.indexOf(count);
  return days < 0 || count === '' ? undefined : addDays(today, days);
}
