/**
 * Characters that show nothing themselves and change how the text around them is read: controls, the format controls
 * of Unicode (general categories Cc, Cf, Zl, Zp) and lone surrogates. Not among them are the joiners of emoji and of
 * several scripts, and the number signs of Arabic, Syriac and Kaithi, which are Cf and seen (Unicode 16, 23.2 and 9.2).
 */
const formatControl =
  /(?!\u200c|\u200d|[\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\u{110bd}\u{110cd}])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;
const formatControls = new RegExp(formatControl, 'gu');
/** What most texts have nothing of: they consist of signs of European languages, none of which is looked for. */
const unusual = /[^\n\r\t\x20-\x7e\xa0-\xac\xae-\u05ff]/;
const lineBreakOrTab = /[\r\n\t]/g;

/** Whether a text holds what may stand in no text on one line. */
export function hasFormatControls(text: string): boolean {
  return formatControl.test(text);
}

/** The same for a text of several lines: line breaks and tabs are allowed. */
export function hasFormatControlsBesideLines(text: string): boolean {
  return formatControl.test(text.replace(lineBreakOrTab, ' '));
}

/**
 * The text with each such character visible, written as in JSON; line breaks and tabs stay. For what was stored or
 * written elsewhere, where a log, a language model or a person reads it. JSON text means the same afterwards.
 */
export function visible(text: string): string {
  if (!unusual.test(text)) {
    return text;
  }
  return text.replace(formatControls, (found) => (/[\r\n\t]/.test(found) ? found : escaped(found)));
}

/** The text without any such character, line breaks and tabs included. For what is shown and need not be what was written. */
export function withoutFormatControls(text: string): string {
  return text.replace(formatControls, '');
}

/** Every UTF-16 unit of it, such as `\u202e`. */
function escaped(character: string): string {
  const units = Array.from({ length: character.length }, (_, at) => character.charCodeAt(at));
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('');
}
