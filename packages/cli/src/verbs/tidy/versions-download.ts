import type { Columns, RowOf, Verb } from '../../rows/verb.ts';

const columns = {
  path: {
    kind: 'place',
    only: 'file',
    words: 'the file: a path, an id or an address; on the command line globs too',
    example: '/Contracts/lease.pdf',
    isRequired: true,
  },
  version: {
    kind: 'text',
    words: 'which one: its number or id as `versions list` has them, or previous',
    example: 'previous',
    isRequired: true,
  },
  to: {
    kind: 'text',
    words: 'the file here that it becomes, or the folder it goes to (by default this one)',
    placeholder: 'file',
  },
} as const satisfies Columns;

export type VersionsDownloadRow = RowOf<typeof columns>;

export const versionsDownload: Verb<typeof columns> = {
  name: 'versions download',
  did: 'downloaded',
  summary: 'bring an old version here',
  description:
    'Bring the contents of an old version here. The file gets its name once its SHA-1 is proven; one\n' +
    'that is there with other contents is left alone.',
  columns,
  each: 'path',
  second: 'version',
  examples: [
    'boxhaul versions download /Contracts/lease.pdf previous --to lease-before.pdf',
    'boxhaul versions download --from-file wanted.csv',
  ],
  makes: ['file', 'sha1', 'bytes'],
  load: async () => (await import('../../commands/versions-download.ts')).versionsDownload,
};
