/** One of each kind; line breaks and tabs are hidden in no text of several lines. */
export const hidden = [
  ...'\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u2028\u2029\u0085',
  ...'\u0000\u001b\u007f\u009b\u00ad\u061c\u180e\u200b\u200e\u200f\u2060\u2064\ufeff\ufff9',
  ...['\u{e0041}', '\ud800'],
];

/** A text with all of them. */
export const everything = `a${hidden.join('b')}c`;
