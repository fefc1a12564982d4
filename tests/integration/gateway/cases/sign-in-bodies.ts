import { assertForwarded } from './assertions.ts';
import { type Sent, sendTo } from './case.ts';
import { anyPage, assertTold, eachOperation, sound, withHeaders } from './sign-in-requests.ts';

export const bodyCases = eachOperation(({ slug }, operation, address) => ({
  name: `${address} takes a short body of the right kind`,
  variant: 'ordinary',
  async run(edge, surroundings) {
    const { takes } = operation;
    if (takes === undefined) {
      return;
    }
    const sent = sound(operation, edge);
    const refused = (changed: Sent, ...answer: [number, string, string]) =>
      assertTold(edge, surroundings, slug, address, changed, answer);
    const sentence = `Send the body as ${takes}.`;
    for (const type of ['text/plain', 'multipart/form-data; boundary=a']) {
      const other = withHeaders(sent, { 'content-type': type });
      await refused(other, 415, 'Unsupported Media Type', sentence);
    }
    const long = { ...sent, body: 'a'.repeat(100_000) };
    await refused(long, 413, 'Content Too Large', 'Send less than 100,000 bytes.');
    const fits = { ...sent, body: 'a'.repeat(99_999) };
    assertForwarded(await sendTo(edge, surroundings, address, fits), slug);
  },
}));

export const scriptCases = eachOperation(({ slug }, operation, address) => ({
  name: `${address} is asked for by ${operation.from === 'any-origin' ? 'scripts' : 'people, not by scripts'}`,
  variant: 'ordinary',
  async run(edge, surroundings) {
    for (const what of ['empty', 'iframe', 'image']) {
      const sent = withHeaders(sound(operation, edge), { 'sec-fetch-dest': what });
      if (operation.from === 'any-origin') {
        assertForwarded(await sendTo(edge, surroundings, address, sent), slug);
      } else {
        const sentence = 'Open this address in a browser window; a page cannot call it.';
        await assertTold(edge, surroundings, slug, address, sent, [403, 'Forbidden', sentence]);
      }
    }
  },
}));

export const formCases = eachOperation(({ slug }, operation, address) => ({
  name: `${address} takes ${operation.from === 'own-page' ? 'the form of its own page alone' : 'what comes from elsewhere'}`,
  variant: 'ordinary',
  async run(edge, surroundings) {
    const { headers: { origin: _, ...others } = {}, ...sent } = sound(operation, edge);
    for (const origin of [undefined, 'null', anyPage, `${edge.origin}.example.com`]) {
      const changed = { ...sent, headers: { ...others, ...(origin !== undefined && { origin }) } };
      if (operation.from === 'own-page') {
        const sentence = 'Begin the sign-in again: this answer does not come from its page.';
        await assertTold(edge, surroundings, slug, address, changed, [403, 'Forbidden', sentence]);
      } else {
        assertForwarded(await sendTo(edge, surroundings, address, changed), slug);
      }
    }
  },
}));
