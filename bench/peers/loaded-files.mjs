// Loaded before anything else: notes every file that the process loads, and tells its parent when it asks.
import { registerHooks } from 'node:module';

const loaded = new Set();
registerHooks({
  load(url, context, next) {
    loaded.add(url);
    return next(url, context);
  },
});
process.on('message', (message) => {
  if (message === 'loaded') {
    process.send?.({ loaded: [...loaded] });
  }
});
