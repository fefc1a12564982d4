/**
 * The text of a filter, with each value as a literal of its own, so that no value can end its literal and become a part
 * of the filter: a text between quotes, with quotes in it doubled, and a moment as a `datetime`. Written as the tag of
 * the storage library writes it, which would have to be loaded for it. (OData 3.0, URL conventions, primitive literals)
 */
export function odata(parts: TemplateStringsArray, ...values: readonly (string | Date)[]): string {
  return parts.reduce((text, part, index) => `${text}${literal(values[index - 1] as string | Date)}${part}`);
}

function literal(value: string | Date): string {
  return value instanceof Date ? `datetime'${value.toISOString()}'` : `'${value.replaceAll("'", "''")}'`;
}
