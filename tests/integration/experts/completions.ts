/** What a server that speaks the same protocol answers to a chat, with what it says there. */
export const completion = (message: object, more: object = {}) => ({
  model: 'other-server',
  choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', ...message } }],
  ...more,
});

/** A call of a tool in such a message. */
export const call = (fields: object = {}, wanted: object = {}) => ({
  id: 'call_1',
  type: 'function',
  function: { name: 'get_products', arguments: '{}', ...wanted },
  ...fields,
});

/** What a caller reads when the settings are to blame. */
export const settingsSentence =
  'The language model cannot be used with these settings; ask the operator to check them.';
