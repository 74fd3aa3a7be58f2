/** users and groups: what they take. What they do is in `commands/`, and for rows in `people/`. */
import { type Command, Option } from 'commander';
import type { UsersListOptions } from '../commands/users.ts';
import { addGroup } from './group.ts';
import { groupCreate } from './people/group-create.ts';
import { groupDelete } from './people/group-delete.ts';
import { groupAdd, groupRemove } from './people/group-members.ts';
import { userCreate } from './people/user-create.ts';
import { userDelete } from './people/user-delete.ts';
import { userUpdate } from './people/user-update.ts';
import { addRowVerb } from './row-verb.ts';
import { finish, type Start } from './start.ts';

/** Who is in the enterprise. */
export function addPeopleVerbs(program: Command, start: Start): void {
  addUsers(program, start);
  addGroups(program, start);
}

function addUsers(program: Command, start: Start): void {
  const users = addGroup(program, 'users', {
    summary: 'list, make, change and delete users',
    description: 'The users of the enterprise, and those of the app. Most of it is for admins.',
    lines: [
      'boxhaul users list',
      'boxhaul users show ann@example.com',
      'boxhaul users create "Ann Example" --login ann@example.com',
      'boxhaul users delete ann@example.com --transfer-to bob@example.com',
    ],
  });
  const list = users
    .command('list')
    .summary('who there is')
    .description('List users: id, login, status, space and name.')
    .argument('[beginning]', 'only those whose name or login begins so')
    .addOption(
      new Option('--kind <kind>', 'whose: of elsewhere only with the whole login')
        .choices(['managed', 'external', 'all'])
        .default('managed'),
    )
    .option('--external-id <id>', "only the one with this id in the app's own world");
  finish(list, [
    'boxhaul users list --local',
    'boxhaul users list ann --json',
    'boxhaul users list partner@example.org --kind external',
  ]).action((beginning: string | undefined, options: UsersListOptions) =>
    start(list, async (context) => {
      const { runUsersList } = await import('../commands/users.ts');
      return runUsersList(context, beginning, options);
    }),
  );
  const show = users
    .command('show')
    .summary('all that is known of some')
    .description('Print what Box knows of users, and the groups that they are in.')
    .argument('<users...>', 'logins or ids; me is oneself');
  finish(show, [
    'boxhaul users show me --local',
    'boxhaul users show ann@example.com 12345 --json',
  ]).action((words: string[]) =>
    start(show, async (context) => {
      const { runUsersShow } = await import('../commands/users.ts');
      return runUsersShow(context, words);
    }),
  );
  addRowVerb(users, start, userCreate);
  addRowVerb(users, start, userUpdate);
  addRowVerb(users, start, userDelete);
}

function addGroups(program: Command, start: Start): void {
  const groups = addGroup(program, 'groups', {
    summary: 'list, make and delete groups, and who is in them',
    description: 'Groups of users, which are invited to folders as one.',
    lines: [
      'boxhaul groups list',
      'boxhaul groups members Sales',
      'boxhaul groups add Sales ann@example.com',
    ],
  });
  const list = groups
    .command('list')
    .summary('which there are')
    .description('List groups: id and name.')
    .argument('[beginning]', 'only those whose name begins so');
  finish(list, ['boxhaul groups list --local', 'boxhaul groups list sal --json']).action(
    (beginning: string | undefined) =>
      start(list, async (context) => {
        const { runGroupsList } = await import('../commands/groups.ts');
        return runGroupsList(context, beginning);
      }),
  );
  const members = groups
    .command('members')
    .summary('who is in some')
    .description('List the members of groups: id, login, role and name.')
    .argument('<groups...>', 'names or ids');
  finish(members, [
    'boxhaul groups members Sales',
    'boxhaul groups members Sales 12345 --json',
  ]).action((words: string[]) =>
    start(members, async (context) => {
      const { runGroupsMembers } = await import('../commands/groups.ts');
      return runGroupsMembers(context, words);
    }),
  );
  addRowVerb(groups, start, groupCreate);
  addRowVerb(groups, start, groupAdd);
  addRowVerb(groups, start, groupRemove);
  addRowVerb(groups, start, groupDelete);
}
