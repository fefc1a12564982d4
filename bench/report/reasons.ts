/** What stands between this service and the aims that it misses: found with profiles, true until the code changes. */
export const reasons: readonly string[] = [
  '### Why aims are missed',
  [
    '- **tools/call in process.** The usual way spends less than half of a call on registering its tools; the rest is the SDK and the web-standard request and response, which everybody pays: the static row, which checks nothing, is not twice as fast as the usual way either. Permissions, input and output schemas, deadline, log and the audit entry together add about a fifth to it. Of that, the largest part is the storage library, which builds the audit batch.',
    '- **Calls on the local Functions host.** Behind node:http the service is ahead of its peers, although they check nothing. On the local host each request also passes through two HTTP servers and one HTTP client in the same process; the row of the empty function shows what that takes before any of our code runs. The host in Azure is another program, with a process of its own.',
    '- **Memory** is measured with a heap limit, because without one V8 lets garbage grow where memory is plenty; the table shows both.',
  ].join('\n'),
];
