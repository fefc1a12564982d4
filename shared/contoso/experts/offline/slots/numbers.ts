/** What a question names by its number. */
export interface Numbers {
  readonly customers: readonly number[];
  readonly invoices: readonly number[];
  readonly subscriptions: readonly number[];
  readonly orders: readonly number[];
  readonly tickets: readonly number[];
}

const months =
  'january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec';
const units =
  'days?|hours?|hrs?|h|minutes?|mins?|weeks?|months?|years?|dollars?|bucks|usd|cents|gb|gigs?|gigabytes?|mb|mbps|gbps|percent|invoices?|bills?|payments?|instal\\w*|tests?|samples?|business|times|st|nd|rd|th';
/** Numbers that are no record's: addresses, telephones, dates, times, amounts, durations. */
const others = [
  /[\w.+-]+@[\w.-]+/g,
  /\+?\d[\d() -]{7,}\d/g,
  /\d{4}-\d{2}-\d{2}(?:t[\d:.z]+)?|\d{1,2}:\d{2}/gi,
  /\$\s?\d[\d.,]*|\b\d[\d,]*\.\d+/g,
  new RegExp(`\\b\\d+\\s*-?(?:%|(?:${units})\\b)`, 'gi'),
  new RegExp(`\\b(?:${months})\\.?\\s+\\d{1,2}\\b(?!\\d)|\\b\\d{1,2}\\s+(?:${months})\\b`, 'gi'),
  /\b(?:in|since|of|during|year)\s+20\d{2}\b/gi,
  /\b(?:last|past|next|above|over|under|below|than|pay|paying|top)\s+\d+\b/gi,
];
const kinds = {
  invoices: /\b(?:invoices?|bills?)\s*(?:number|no\.?|#|id)?\s*(\d{1,10})\b/gi,
  subscriptions: /\b(?:subscriptions?|subs?|line)\s*(?:number|no\.?|#|id)?\s*(\d{1,10})\b/gi,
  orders: /\borders?\s*(?:number|no\.?|#|id)?\s*(\d{1,10})\b/gi,
  tickets: /\b(?:tickets?|case)\s*(?:number|no\.?|#|id)?\s*(\d{1,10})\b/gi,
} as const;
const noRecord = /\b(?:incident|product|promotion)\s*(?:number|no\.?|#|id)?\s*\d{1,10}\b/gi;
/** More customers than these are not answered for at once. */
export const mostCustomers = 8;

/** The numbers of records in a question; a number that says nothing else is a customer's. */
export function numbersIn(text: string): Numbers {
  let rest = others.reduce((left, pattern) => left.replace(pattern, ' '), text);
  const take = (pattern: RegExp): number[] => {
    const found = [...rest.matchAll(pattern)].map(([, digits]) => Number(digits));
    rest = rest.replace(pattern, ' ');
    return [...new Set(found)];
  };
  const records = {
    invoices: take(kinds.invoices),
    subscriptions: take(kinds.subscriptions),
    orders: take(kinds.orders),
    tickets: take(kinds.tickets),
  };
  take(noRecord);
  return {
    ...records,
    customers: take(/(?<![\p{L}\d.&-])(\d{1,10})(?![\p{L}\d&])/gu).filter((id) => id > 0),
  };
}

/** An amount: a number with a currency, with cents, or right behind "pay". */
const amountPattern =
  /(?:\$\s?|\bpay(?:ing)?\s+)(\d[\d.,]*)|(?<![\d.,])(\d[\d.,]*)\s*(?:dollars?|bucks|usd)\b|(?<![\d.,])(\d+\.\d{2})(?!\d|,\d)/gi;
/** Numbers of records, which are no amounts. */
const recordPattern = /\b(?:invoice|bill|customer|subscription|account)\s+(?:number\s+|no\.?\s*|#)?\d+/gi;

/** The one amount that is named; undefined when none is, several are, or it is not clear what the number means. */
export function amountIn(question: string): number | undefined {
  const found = [...question.replace(recordPattern, '').matchAll(amountPattern)].map((match) =>
    (match[1] ?? match[2] ?? match[3] ?? '').replace(/[.,]$/, ''),
  );
  const amounts = new Set(
    found.map((text) => (/^\d{1,7}(?:\.\d{1,2})?$/.test(text) ? Number(text) : Number.NaN)),
  );
  const [only] = amounts;
  return amounts.size === 1 && only !== undefined && !Number.isNaN(only) ? only : undefined;
}
