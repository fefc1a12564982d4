// What the output is piped into may end first (`… | head`): then a command ends as well, without a word.
'use strict';
function end() {
  // what has to be stopped in order is stopped as Ctrl+C stops it
  if (process.listenerCount('SIGTERM') > 0) {
    process.emit('SIGTERM', 'SIGTERM');
  } else {
    process.exit();
  }
}
[process.stdout, process.stderr].forEach((stream) => {
  stream.on('error', (error) => {
    if (error.code !== 'EPIPE') {
      throw error;
    }
    end();
  });
});
