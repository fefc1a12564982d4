/** What stands between this service and the aims that it misses: found with profiles, true until the code changes. */
export const reasons: readonly string[] = [
  '### Why aims are missed',
  [
    '- **tools/list and tools/call in process.** What is left of a list is the SDK: our row and the row of the static way are about equal, so there is nothing of our own left to take away. The usual way converts the schemas of eighteen small tools each time; with larger schemas it falls behind further. For a call, registering eighteen tools is only about half of what the usual way takes, so that even a server without a single check would be about twice as fast and no more; permissions, input check, digest, deadline and audit entry take most of that half.',
    '- **Calls over HTTP.** Verifying the signature of a token takes about 0.1 ms of processor time for each request, and the audit entry about as much; the peers do neither. On the local Functions host, each request passes through two HTTP servers and one HTTP client in the same process, which the row of the empty function shows; the host in Azure is another program, with a process of its own.',
    '- **Cold start.** The packaged build loads axios, mime-db and validator for the client of durable-functions at every start, and no first request needs them.',
    '- **Memory of many streams.** Without a heap limit, V8 lets garbage grow where memory is plenty.',
  ].join('\n'),
];
