// Loaded before the fuzzer: its native part is taken from where FUZZER_NATIVE says.
'use strict';
const load = require.extensions['.node'];
require.extensions['.node'] = (module, file) =>
  load(module, /[\\/]@jazzer\.js[\\/]fuzzer[\\/]/.test(file) ? process.env.FUZZER_NATIVE : file);
