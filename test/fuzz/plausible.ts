/** What a member of a request may well be, made of what is there: most requests must get past the first check. */
import type { Person } from './exchange.ts';
import type { World } from './world.ts';

/** What garbage is sent to: ids that it may hit, and files that it has no business with. */
export interface Target {
  world: World;
  ids: { type: string; id: string }[];
  kept: { owner: Person; id: string; sha1: string }[];
}

/** One of the ids that are there; of that type, if there are any. */
export function pickId({ ids }: Target, pick: number, type?: string): string {
  const fitting = ids.filter((one) => one.type === type);
  const choice = fitting.length > 0 ? fitting : ids;
  return choice[pick % choice.length]?.id ?? '0';
}

const NAMES = ['a.txt', 'A.TXT', 'b', 'ä', 'c.png', 'folder', 'x'.repeat(255), ' y', '\u{1f69a}'];
const ROLES = ['editor', 'viewer', 'previewer', 'uploader', 'co-owner', 'owner', 'admin', 'member'];

/** What a member or parameter of that name may well be; `undefined`: nothing is known of it. */
export function plausible(target: Target, name: string, pick: number): unknown {
  const one = (type: string) => pickId(target, pick >> 2, type);
  const of = <T>(...values: readonly T[]) => values[pick % values.length];
  const [, type] = /^(\w+?)_id$/.exec(name) ?? [];
  switch (name) {
    case 'name':
    case 'file_name':
      return NAMES[pick % NAMES.length];
    case 'parent':
      return { id: pick % 3 === 0 ? '0' : one('folder') };
    case 'folder':
    case 'user':
    case 'group':
    case 'task':
      return { type: name, id: one(name) };
    case 'item':
    case 'target':
      return of({ type: 'file', id: one('file') }, { type: 'folder', id: one('folder') });
    case 'assign_to':
      return { id: one('user') };
    case 'accessible_by':
      return of(
        { type: 'user', id: one('user') },
        { type: 'group', id: one('group') },
        { type: 'user', login: `${pick % 4}@elsewhere.test` },
      );
    case 'role':
      return ROLES[pick % ROLES.length];
    case 'items':
      return [of({ type: 'file', id: one('file') }, { type: 'folder', id: one('folder') })];
    case 'shared_link':
      return of<unknown>(
        {},
        null,
        { access: 'open', vanity_name: 'vanity-name-12' },
        { access: 'company' },
      );
    case 'lock':
      return of({ access: 'lock' }, null);
    case 'file_size':
      return 20_000_000 + pick;
    case 'locked_operations':
      return { move: true, delete: true };
    case 'address':
      return 'http://127.0.0.1:9/nobody';
    case 'triggers':
      return ['FILE.UPLOADED'];
    case 'url':
      return 'https://example.com/a';
    case 'message':
    case 'displayName':
    case 'text':
      return `text ${pick % 6}`;
    case 'login':
    case 'email':
      return `user${pick % 6}@example.test`;
    case 'template_key':
    case 'templateKey':
      return of('properties', 'text1', 'text2');
    case 'scope':
      return of('global', 'enterprise', `enterprise_${target.world.emulator.enterpriseId}`);
    case 'fields':
      return [{ type: of('string', 'float', 'date'), key: 'k', displayName: 'K' }];
    case 'from':
      return `enterprise_${target.world.emulator.enterpriseId}.text${pick % 6}`;
    case 'ancestor_folder_id':
      return '0';
    case 'action':
      return of('review', 'complete');
    case 'id':
      return one('file_version');
    default:
      return type === undefined ? undefined : one(type);
  }
}
