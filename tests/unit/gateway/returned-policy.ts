export const returned = (status: number, body = '') =>
  `<return-response><set-status code="${status}" reason="R" /><set-body>${body}</set-body></return-response>`;
