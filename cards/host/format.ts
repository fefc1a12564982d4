/** Numbers and days in the language of the client's user. */
export interface Format {
  number(value: number, digits?: number): string;
  /** @param megabytes with a thousand in a gigabyte, as the tariffs count */
  gigabytes(megabytes: number): string;
  dollars(value: number): string;
  /** @param day `YYYY-MM-DD` */
  day(day: string): string;
  /** @param time ISO 8601 */
  time(time: string): string;
}

const megabytesInGigabyte = 1_000;

/** @param locale BCP 47; that of the browser when it is none that it knows */
export function formatIn(locale: string | undefined): Format {
  const language = known(locale);
  const number = (value: number, digits = 0) =>
    new Intl.NumberFormat(language, {
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    }).format(value);
  const day = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeZone: 'UTC' });
  const time = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'medium' });
  const money = new Intl.NumberFormat(language, { style: 'currency', currency: 'USD' });
  return {
    number,
    gigabytes: (megabytes) => `${number(megabytes / megabytesInGigabyte, 1)} GB`,
    dollars: (value) => money.format(value),
    day: (text) => day.format(new Date(text)),
    time: (text) => time.format(new Date(text)),
  };
}

function known(locale: string | undefined): string | undefined {
  try {
    return locale === undefined ? undefined : Intl.getCanonicalLocales(locale)[0];
  } catch {
    return undefined;
  }
}
