/** Columns that all commands about metadata have. */

export const TEMPLATE = {
  kind: 'text',
  words: 'the key of the template, as `meta template list` has it',
  example: 'contract',
  short: '-t',
  placeholder: 'key',
} as const;

export const SCOPE = {
  kind: 'choice',
  choices: ['enterprise', 'global'],
  words: "whose template it is: the enterprise's (by default), or Box's",
  placeholder: 'whose',
} as const;
