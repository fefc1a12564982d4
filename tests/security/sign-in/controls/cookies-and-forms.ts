import { type Control, controlsIn, signInRoom } from '../control.ts';

const http = controlsIn(`${signInRoom}/http`);

export const cookieAndFormControls: readonly Control[] = [
  http('cookies.ts', 'scripts see no cookie', ' HttpOnly;', '', 'cookies that a script can read'),
  http('cookies.ts', 'cookies go over TLS', ' Secure;', '', 'cookies that go over the wire as they are'),
  http(
    'cookies.ts',
    'cookies are the host’s own',
    `\`__Host-\${name}\``,
    'name',
    'cookies that a neighbouring host sets',
  ),
  http(
    'cookies.ts',
    'of two cookies with one name neither counts',
    'twice.add(rest);',
    '',
    'a second cookie of the same name, put there by a neighbour',
  ),
  http(
    'form.ts',
    'a form says that it is one',
    '!/^application\\/x-www-form-urlencoded\\s*(;|$)/i.test(type)',
    'false',
    'a form that is no form',
  ),
  http(
    'form.ts',
    'a form has a size',
    'const mostBytes = 32_768;',
    'const mostBytes = 3_276_800;',
    'a form without end',
  ),
  http(
    'form.ts',
    'a parameter comes once',
    ' || parameters.has(name)',
    '',
    'a parameter that comes twice in a form',
    'a second redirect behind the first',
  ),
];
