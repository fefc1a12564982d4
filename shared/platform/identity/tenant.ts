declare const brand: unique symbol;

/** The slug of an onboarded organisation, such as `acme`. Made only by {@link tenantId}. */
export type TenantId = string & { readonly [brand]: 'TenantId' };

/** Table names are built from the slug, so it starts with a letter and holds letters and digits only. */
const slug = /^[a-z][a-z0-9]{1,30}$/;

/**
 * Checks a tenant slug.
 * @throws RangeError when the text is not 2 to 31 lower-case letters and digits, a letter first.
 */
export function tenantId(text: string): TenantId {
  if (!slug.test(text)) {
    throw new RangeError(
      `A tenant slug is 2 to 31 lower-case letters and digits, a letter first; got "${text}".`,
    );
  }
  return text as TenantId;
}
