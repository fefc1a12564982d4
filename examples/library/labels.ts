import type { Labels } from '#platform/mcp/definitions/labels';

/** Librarians write the catalogue, and nobody else does; on whose card a book is lent, the library keeps to itself. */
export const books: Labels = { integrity: 'trusted', confidentiality: 'private' };

/** What the register has of a member, in figures that nobody but the register writes. */
export const membership: Labels = { integrity: 'trusted', confidentiality: 'private' };
