import type { Skill } from '#platform/mcp/definitions/skill';
import type { Permission } from '../access/permissions.ts';

/** How a matter is gone about, written once: experts and clients' models follow the text, the offline plans its documents. */
export interface Procedure extends Skill {
  /** Titles of the documents that it rests on. */
  readonly documents: Readonly<Record<string, string>>;
}

const permission: Permission = 'knowledge.read';

/** Every procedure rests on documents, so whoever may not read them is not shown it. */
export function defineProcedure<Written extends Omit<Procedure, 'permission'>>(
  written: Written,
): Written & Procedure {
  return { ...written, permission };
}
