/** For each command of the program: a line that goes well, and one about something that is not there. */

export interface Case {
  /** What stands behind the command; in place of `{}` stands the target. */
  readonly right: readonly string[];
  /** Something on Box, or in the trash, that is named by its path, its id, its address and a glob. */
  readonly target?: string;
  /** The target is one thing, for which no glob stands. */
  readonly isOne?: true;
  /** A wrong target. */
  readonly wrong: readonly string[];
  /** What the error says, which names that target. */
  readonly says: RegExp;
  /** @default 2 */
  readonly code?: number;
  /** Which example of its help runs as it stands; none where a command needs what a test cannot have. @default 0 */
  readonly example?: number | 'none';
  /** It has nothing to tell a program where all is well. */
  readonly isSilent?: true;
}

const lease = '/Contracts/lease.pdf';
const notThere = { wrong: ['/No/such'], says: /"\/No\/such" is not there: the root holds no "No"/ };
const nobody = /no user with the login "nobody@example\.com"/;
const noGroup = { wrong: ['Nobodies'], says: /no group "Nobodies"/ };
const noTemplate = /no template "none" of the enterprise scope/;
const tooMany = { wrong: ['extra'], says: /too many arguments .*: extra/ };

export const cases: Readonly<Record<string, Case>> = {
  upload: {
    right: ['weekly', '--to', '{}'],
    target: '/Archive',
    wrong: ['weekly', '--to', '/No/such'],
    says: /there is no folder \/No\/such on this Box/,
    isOne: true,
  },
  download: { right: ['{}', 'in'], target: '/Backups', ...notThere, example: 3, isOne: true },
  ls: { right: ['{}'], target: '/Contracts', ...notThere },
  search: {
    right: ['notes', '--in', '{}'],
    target: '/Team',
    wrong: ['x', '--in', '/No'],
    says: /"\/No" is not there/,
  },
  distribute: {
    right: ['weekly', '--to', '{}'],
    target: '/Archive',
    wrong: ['nothing', '--to', '/Archive'],
    says: /nothing is not there/,
  },
  migrate: {
    right: ['weekly', '--to', '{}'],
    target: '/Archive',
    wrong: ['weekly', '--to', '/No/such'],
    says: /there is no folder \/No\/such on this Box/,
    isOne: true,
    example: 'none',
  },
  verify: {
    right: ['weekly/', '{}'],
    target: '/Backups/weekly',
    wrong: ['weekly', '/No/such'],
    says: /"\/No\/such" is not there/,
  },
  jobs: { right: [], wrong: ['none'], says: /no job "none"/, isSilent: true },
  'schedule list': { right: [], ...tooMany, isSilent: true },
  find: { right: ['{}'], target: '/Contracts', ...notThere },
  du: { right: ['{}'], target: '/Contracts', ...notThere },
  tree: { right: ['{}'], target: '/Contracts', ...notThere },
  cat: { right: ['{}'], target: lease, ...notThere },
  head: { right: ['{}'], target: lease, ...notThere },
  who: { right: ['{}'], target: lease, ...notThere },
  thumb: { right: ['{}', '--force'], target: '/Team/photo.jpg', ...notThere },
  copy: {
    right: ['{}', '/Archive'],
    target: lease,
    wrong: ['/No/such', '/Archive'],
    says: notThere.says,
  },
  move: {
    right: ['{}', '/Archive'],
    target: lease,
    wrong: ['/No/such', '/Archive'],
    says: notThere.says,
  },
  rm: { right: ['{}'], target: lease, wrong: ['/No/such', '--yes'], says: notThere.says },
  mkdir: {
    right: ['plans', '--in', '{}'],
    target: '/Archive',
    wrong: ['/No/such'],
    says: /the root holds no "No"/,
  },
  dedupe: { right: ['{}'], target: '/Photos', ...notThere },
  'trash list': { right: [], ...tooMany },
  'trash restore': {
    right: ['{}'],
    target: 'old.pdf',
    wrong: ['none.pdf'],
    says: /"none\.pdf" is not in the trash/,
  },
  'trash purge': {
    right: ['{}'],
    target: 'old.pdf',
    wrong: ['none.pdf', '--yes'],
    says: /"none\.pdf" is not in the trash/,
  },
  'versions list': { right: ['{}'], target: lease, ...notThere },
  'versions download': {
    right: ['{}', 'previous'],
    target: lease,
    wrong: [lease, '99'],
    says: /has no past version "99"/,
  },
  'versions promote': {
    right: ['{}', '1'],
    target: lease,
    wrong: [lease, '99'],
    says: /has no past version "99"/,
  },
  'versions prune': {
    right: ['{}', '--keep', '1'],
    target: lease,
    wrong: ['/No/such', '--keep', '1', '--yes'],
    says: notThere.says,
  },
  share: { right: ['{}'], target: lease, ...notThere },
  unshare: {
    right: ['{}'],
    target: '/Reports/2026.pdf',
    wrong: ['/No/such', '--yes'],
    says: notThere.says,
  },
  invite: {
    right: ['{}', 'ann@example.com', '--role', 'editor'],
    target: '/Projects/2027',
    wrong: ['/No/such', 'ann@example.com', '--role', 'editor'],
    says: notThere.says,
  },
  'meta get': { right: ['{}'], target: lease, ...notThere },
  'meta set': {
    right: ['{}', '-t', 'contract', '-s', 'state=signed'],
    target: lease,
    wrong: [lease, '-t', 'none', '-s', 'a=b'],
    says: noTemplate,
  },
  'meta rm': {
    right: ['{}', '-t', 'contract'],
    target: lease,
    wrong: ['/No/such', '-t', 'contract', '--yes'],
    says: notThere.says,
  },
  'meta template list': { right: [], ...tooMany },
  'meta template show': { right: ['contract'], wrong: ['none'], says: noTemplate },
  'meta template create': {
    right: ['Deal', '-f', 'state=enum:won|lost'],
    wrong: ['Deal', '-f', 'state=colour'],
    says: /"colour" is no kind of field/,
  },
  'meta template update': {
    right: ['contract', '--remove-field', 'amount'],
    wrong: ['none', '-f', 'due=date'],
    says: noTemplate,
  },
  'meta template delete': { right: ['contract'], wrong: ['none', '--yes'], says: noTemplate },
  comment: {
    right: ['{}', 'Signed.'],
    target: lease,
    wrong: ['/Contracts', 'Signed.'],
    says: /"\/Contracts" is a folder, and a file is expected/,
  },
  lock: { right: ['{}'], target: lease, ...notThere },
  unlock: { right: ['{}'], target: lease, ...notThere },
  keygen: { right: ['key.txt'], wrong: ['weekly/a.txt'], says: /a\.txt is there already/ },
  setup: { right: [], ...tooMany },
  whoami: { right: [], ...tooMany },
  doctor: { right: ['{}'], target: '/Team', ...notThere, code: 1, isOne: true },
  calls: { right: [], ...tooMany, isSilent: true },
  'users list': { right: ['ann'], wrong: ['--kind', 'cat'], says: /'cat' is invalid/ },
  'users show': {
    right: ['ann@example.com'],
    wrong: ['nobody@example.com'],
    says: nobody,
  },
  'users create': {
    right: ['Cy', '--login', 'cy@example.com'],
    wrong: ['Cy', '--login', 'cy'],
    says: /login: found "cy"/,
  },
  'users update': {
    right: ['ann@example.com', '--job-title', 'Editor'],
    wrong: ['nobody@example.com', '--name', 'A'],
    says: nobody,
  },
  'users delete': {
    right: ['bob@example.com'],
    wrong: ['nobody@example.com', '--yes'],
    says: nobody,
  },
  'groups list': { right: ['sal'], wrong: ['a', 'b'], says: /too many arguments/ },
  'groups members': { right: ['Sales'], ...noGroup },
  'groups create': { right: ['Auditors'], wrong: [''], says: /name: found ""/ },
  'groups add': {
    right: ['Support', 'ann@example.com'],
    wrong: ['Sales', 'nobody@example.com'],
    says: nobody,
  },
  'groups remove': {
    right: ['Sales', 'ann@example.com'],
    wrong: ['Sales', 'nobody@example.com'],
    says: nobody,
  },
  'groups delete': { right: ['Sales'], wrong: ['Nobodies', '--yes'], says: noGroup.says },
  events: { right: [], wrong: ['--since', 'soon'], says: /'soon' is invalid/ },
  api: {
    right: ['get', '/users/me'],
    wrong: ['get', '/folders/999'],
    says: /Box refused GET \/folders\/999 with 404/,
    code: 1,
  },
};

/** Commands that need more than a line to be tried, and the tests that try them. */
export const elsewhere: Readonly<Record<string, string>> = {
  resume: 'packages/cli/src/commands/jobs.test.ts',
  retry: 'packages/cli/src/commands/jobs.test.ts',
  'schedule add': 'packages/cli/src/commands/schedule.test.ts',
  'schedule remove': 'packages/cli/src/commands/schedule.test.ts',
  reseal: 'packages/cli/src/commands/sealing.test.ts',
  login: 'packages/cli/src/commands/login.test.ts',
  logout: 'packages/cli/src/commands/login.test.ts',
  emulator: 'packages/cli/src/commands/emulator.test.ts',
  demo: 'packages/cli/src/commands/demo.test.ts',
  completion: 'packages/cli/src/commands/completion.test.ts',
};
