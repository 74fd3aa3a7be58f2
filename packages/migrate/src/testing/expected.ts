/** What the target of {@link fillAccount} holds when all has come, and what could not. */
import type { TransferEvent } from '@boxhaul/transfer';
import type { Seen } from './snapshot.ts';

const FILE = { type: 'file', created: '2001-02-03T04:05:06.000Z' };
const ONCE = { ...FILE, modified: '2002-03-04T05:06:07.000Z' };
const AGAIN = { ...FILE, modified: '2003-04-05T06:07:08.000Z' };

export const EXPECTED: Record<string, Seen> = {
  A: {
    type: 'folder',
    description: 'all of it',
    tags: ['blue', 'red'],
    link: { access: 'company', permission: 'can_download', until: '2098-12-31T16:00:00-08:00' },
    people: ['Kitchen: viewer uploader', 'ann.smith@new.example: editor'],
    metadata: { 'enterprise.contract': { party: 'folder', state: 'open' } },
    settings: {
      keepsOthersFromInviting: true,
      hidesPeople: true,
      isForEnterprise: true,
      mail: 'collaborators',
    },
    isLocked: true,
  },
  'A/below': { type: 'folder', hasWatermark: true },
  'A/below/deep.txt': { ...AGAIN, contents: ['deep', 'deeper'] },
  'A/below/empty': { type: 'folder' },
  'A/differs.txt': { ...ONCE, contents: ['differs'] },
  'A/plain.txt': { ...ONCE, contents: ['plain'], hasWatermark: true },
  'A/report.txt': {
    ...AGAIN,
    description: 'the report',
    tags: ['green'],
    link: { access: 'collaborators', permission: 'can_download' },
    people: ['cid@new.example: viewer'],
    metadata: {
      'enterprise.contract': {
        party: 'Ann & Sons',
        worth: 12.5,
        signed: '2024-05-06T00:00:00.000Z',
        state: 'done',
        places: ['Rome', 'Oslo'],
      },
      'global.properties': { any: 'thing' },
      'enterprise.securityClassification-6VMVochwUWo': {
        Box__Security__Classification__Key: 'Confidential',
      },
    },
    contents: ['one', 'two, longer', 'one', 'three'],
    comments: [
      'Ann (ann@old.example), <time> UTC:\nI like it',
      '↳ <account>, <time> UTC:\nso do I',
      '<account>, <time> UTC:\nI like it',
    ],
    tasks: [
      {
        message: 'read it\n(<account>, <time> UTC)',
        action: 'complete',
        rule: 'all_assignees',
        due: '2099-02-03T04:05:06.000Z',
        to: ['ann.smith@new.example: completed'],
      },
    ],
  },
  'A/site': {
    type: 'web_link',
    description: 'a page',
    link: { access: 'open', permission: 'can_download' },
    url: 'https://example.com/a?b=c',
  },
};

export const EXPECTED_GAPS = [
  'A/differs.txt: metadata, template-differs: enterprise.invoice: its field "number" is a float',
  'A/plain.txt: classification, not-found: the enterprise has no "Top secret"',
  'A/report.txt: address, new-address: <url> is <url> now',
  'A/report.txt: lock, not-carried: locked by <account>',
  'A/report.txt: password, not-readable: it had one, which cannot be read: <url> is for collaborators until it gets another',
  'A/report.txt: task assignment, unmapped: bob@old.example is not in the user map',
  'A/site: address, new-address: <url> is <url> now',
  'A: address, new-address: <url> is <url> now',
  'A: cascade policy, not-carried: enterprise.contract is handed down from here: set it again when all is there, since it would be on whatever comes',
  'A: collaboration, no-group: there is no group "Garden"',
  'A: collaboration, unmapped: bob@old.example is not in the user map',
  'A: upload address, new-address: <mail> is <mail> now',
];

/** Without what is another in each run: the names of service accounts and the addresses of links. */
export function steady<T>(value: T): T {
  const text = JSON.stringify(value)
    .replaceAll(/App \w+ \(AutomationUser_[^)]*\)|AutomationUser_[\w@.]*/g, '<account>')
    .replaceAll(/upload\.\w+@u\.box\.com/g, '<mail>')
    .replaceAll(/https:\/\/app\.box\.com\/s\/\w+/g, '<url>');
  return JSON.parse(text) as T;
}

/** Gaps as events tell them, a line each, in order. */
export function gapLines(events: readonly TransferEvent[]): string[] {
  const lines = events.flatMap((event) => {
    if (event.type !== 'gap') return [];
    const { what, code, words } = event.gap;
    return [`${event.item.path}: ${what}, ${code}: ${words}`];
  });
  return steady(lines.sort());
}
