import { addDays } from '#platform/dates';

/** Days from one to another, both included. */
export interface Period {
  readonly from: string;
  readonly to: string;
  /** As people say it, to go on with after a noun, such as `in December 2025`. */
  readonly words: string;
}

const months = [
  ...['january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september', 'october'],
  ...['november', 'december'],
];
const monthName = `(${months.join('|')}|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)`;
const inMonth = new RegExp(
  `\\b(since |from )?(?:the )?(\\d{1,2}(?:st|nd|rd|th)? )?(?:of )?${monthName}\\b(?: (\\d{1,2})\\b(?!\\d))?,?(?: (\\d{4}))?`,
  'i',
);
const epoch = '2000-01-01';

/** The range of days that a text names, seen from a day; undefined when it names none. Months are the latest that have begun. */
export function periodIn(text: string, today: string): Period | undefined {
  const plain = text.toLowerCase();
  return relative(plain, today) ?? byDate(plain, today) ?? byMonth(plain, today) ?? byYear(plain, today);
}

function relative(text: string, today: string): Period | undefined {
  const count =
    /\b(?:last|past|previous) (\d{1,3}|two|three|four|five|six|seven|ten) (day|week|month)s?\b/.exec(text);
  if (count !== null) {
    const spelt = ['', '', 'two', 'three', 'four', 'five', 'six', 'seven', '', '', 'ten'].indexOf(
      count[1] ?? '',
    );
    const number = spelt > 0 ? spelt : Number(count[1]);
    const days = number * ({ week: 7, month: 30 }[count[2] ?? ''] ?? 1);
    return {
      from: addDays(today, -days),
      to: addDays(today, -1),
      words: `in the ${days} days up to yesterday`,
    };
  }
  if (/\blast month\b/.test(text)) {
    return monthOf(addDays(`${today.slice(0, 7)}-01`, -1).slice(0, 7));
  }
  if (/\bthis month\b/.test(text)) {
    return monthOf(today.slice(0, 7));
  }
  if (/\blast week\b/.test(text)) {
    return { from: addDays(today, -7), to: addDays(today, -1), words: 'in the 7 days up to yesterday' };
  }
  if (/\byesterday\b/.test(text)) {
    const day = addDays(today, -1);
    return { from: day, to: day, words: `on ${day}` };
  }
  if (/\b(?:this|last) year\b/.test(text)) {
    return yearOf(Number(today.slice(0, 4)) - (text.includes('last year') ? 1 : 0));
  }
  return undefined;
}

function byDate(text: string, today: string): Period | undefined {
  const dates = (text.match(/\b\d{4}-\d{2}-\d{2}\b/g) ?? []).filter(
    (date) => !Number.isNaN(Date.parse(date)),
  );
  const [from, to] = dates;
  if (from === undefined) {
    return undefined;
  }
  if (to !== undefined) {
    return { from, to, words: `from ${from} to ${to}` };
  }
  return /\b(?:since|from|after)\b/.test(text)
    ? { from, to: today, words: `since ${from}` }
    : { from, to: from, words: `on ${from}` };
}

function byMonth(text: string, today: string): Period | undefined {
  const found = inMonth.exec(text);
  // "may" is a verb more often than a month
  if (found === null || (found[3] === 'may' && !/\b(?:in|since|of|last) may\b/.test(text))) {
    return undefined;
  }
  const [, since, before, name = '', after, year] = found;
  const month = months.findIndex((one) => one.startsWith(name.slice(0, 3))) + 1;
  const thisYear = Number(today.slice(0, 4));
  const chosen = year ?? String(month <= Number(today.slice(5, 7)) ? thisYear : thisYear - 1);
  const start = `${chosen}-${String(month).padStart(2, '0')}`;
  const number = Number.parseInt(before ?? after ?? '', 10);
  const day = Number.isNaN(number) ? undefined : `${start}-${String(number).padStart(2, '0')}`;
  if (since !== undefined || /\bsince\b/.test(text)) {
    const from = day ?? `${start}-01`;
    return { from, to: today, words: `since ${from}` };
  }
  return day === undefined ? monthOf(start) : { from: day, to: day, words: `on ${day}` };
}

function byYear(text: string, today: string): Period | undefined {
  const found = /\b(in|since|of|during) (20\d{2})\b/.exec(text);
  if (found === null) {
    return undefined;
  }
  const year = yearOf(Number(found[2]));
  return found[1] === 'since' ? { ...year, to: today, words: `since ${year.from}` } : year;
}

function monthOf(month: string): Period {
  const next = addDays(`${month}-28`, 4).slice(0, 7);
  const name = months[Number(month.slice(5)) - 1] ?? '';
  const words = `in ${name.charAt(0).toUpperCase()}${name.slice(1)} ${month.slice(0, 4)}`;
  return { from: `${month}-01`, to: addDays(`${next}-01`, -1), words };
}

function yearOf(year: number): Period {
  return { from: `${year}-01-01`, to: `${year}-12-31`, words: `in ${year}` };
}

/** Every day that there is. */
export const always: Period = { from: epoch, to: '9999-12-31', words: 'in all' };

export function isWithin(day: string, { from, to }: Period): boolean {
  return day.slice(0, 10) >= from && day.slice(0, 10) <= to;
}
