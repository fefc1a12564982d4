/** Words that other languages use all the time and English does not. */
const foreignWords = new Set(
  `der das und ist nicht ein eine einen von mit auf für wie warum wann wieviel viel hat kann ich mir mein dem den des kunde konto
  le les des est une pour dans quel quelle quels combien pourquoi comment avec sur du au client compte je mon ma
  el los las una por para qué que cuánto cuanto cómo como está esta cliente cuenta mi su tiene del
  il lo gli della perché quanto quale sono con conto cliente
  o os uma não por que quanto conta seu
  het een van niet hoeveel waarom klant rekening
  jest nie dla klient ile dlaczego`.split(/\s+/),
);

/** Words of English that say which language it is. */
const englishWords = new Set(
  `the is are was what which who when where why how does do did can could has have of for to and in on at with his her their my me please not any all
  it this that much many be by from would will i we you an open list compare`.split(/\s+/),
);

/** Share of letters of another script from which a text is not English. */
const foreignScript = 0.3;

/** Whether a text may be English: one of another script, or with more words of another language than of English, is not. */
export function mayBeEnglish(text: string): boolean {
  const letters = text.match(/\p{L}/gu) ?? [];
  const others = letters.filter((letter) => !/\p{Script=Latin}/u.test(letter));
  if (letters.length > 0 && others.length / letters.length > foreignScript) {
    return false;
  }
  const words = text.toLowerCase().split(/[^\p{L}]+/u);
  const foreign = words.filter((word) => foreignWords.has(word)).length + (/[¿¡]/.test(text) ? 2 : 0);
  const english = words.filter((word) => englishWords.has(word)).length;
  return foreign < 2 || foreign <= english;
}
