import { InvalidMessage } from '#platform/mcp/message/invalid-message';
import { parseMessage } from '#platform/mcp/message/parse-message';
import { must, orRefused, type Target } from '../target.ts';

/** What a client sends: taken as one message object, or refused in a sentence that repeats nothing of it. */
export const fuzz: Target = (data) => {
  const text = data.toString();
  const message = orRefused(() => parseMessage(text), InvalidMessage);
  if (message !== undefined) {
    must(typeof message === 'object' && !Array.isArray(message), 'a message is an object');
    must(Object.getPrototypeOf(message) === Object.prototype, 'nobody chooses its prototype');
    must(JSON.parse(text) !== null, 'what is taken is JSON');
  }
};
