import type { Guarded } from '../../access/offer.ts';

/**
 * A written procedure over tools, for whichever model follows it: that of an expert here, or that of a client, to which it
 * is served as a skill (SEP-2640).
 */
export interface Skill extends Guarded {
  /** Lower-case letters, digits and single hyphens, 64 characters at most (Agent Skills specification, name). */
  readonly name: string;
  /** What it is for and when to use it, 1,024 characters at most: all that a model knows before it reads the text. */
  readonly description: string;
  /** Names of all tools that it uses. Whoever may not use one of them is not shown it. */
  readonly tools: readonly string[];
  /** The steps, in Markdown. */
  readonly text: string;
}

/** Identifier of the Skills extension (SEP-2640). */
export const skillsExtensionId = 'io.modelcontextprotocol/skills';

/** Where a skill's one file is read. */
export function skillUri({ name }: Pick<Skill, 'name'>): string {
  return `skill://${name}/SKILL.md`;
}

/** That file: what the skill says of itself as YAML, then its steps. A text in JSON is one in YAML, too. */
export function skillFile({ name, description, text }: Skill): string {
  return `---\nname: ${name}\ndescription: ${JSON.stringify(description)}\n---\n\n${text.trim()}\n`;
}
