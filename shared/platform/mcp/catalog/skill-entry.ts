/** A part of the product, so that a package keeps it beside what it shares with every start, and that in one file. */
export { skillEntry } from '@modelcontextprotocol/server/ext/skills';
