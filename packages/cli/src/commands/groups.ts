import { openConnection } from '../connection/connection.ts';
import type { CommandContext } from '../context.ts';
import { ExitCode } from '../exit-codes.ts';
import { openProblems } from '../output/problems.ts';
import { room } from '../output/room.ts';
import { printable } from '../output/width.ts';
import { groupIdOf, membersOf } from '../people.ts';

/** `boxhaul groups list [beginning]`. */
export async function runGroupsList(
  context: CommandContext,
  beginning: string | undefined,
): Promise<ExitCode> {
  const { output, stdout, signal } = context;
  const { client, close } = await openConnection(context);
  try {
    let isNone = true;
    const fields = ['name', 'description', 'group_type'];
    for await (const group of client.groups.list({ filterTerm: beginning, fields, signal })) {
      const { id, name, description } = group;
      output.event('group', { id, name, description });
      output.print(
        [id.padEnd(12), printable(name), printable(description ?? '')].join('  ').trimEnd(),
      );
      isNone = false;
      await room(stdout, signal);
    }
    if (isNone && output.people.isTTY) output.say('there is no such group');
    return ExitCode.done;
  } finally {
    await close();
  }
}

/** `boxhaul groups members <groups…>`. */
export async function runGroupsMembers(
  context: CommandContext,
  words: readonly string[],
): Promise<ExitCode> {
  const { output, stdout, signal } = context;
  const { client, close } = await openConnection(context);
  try {
    const problems = openProblems(context);
    for (const word of words) {
      try {
        const groupId = await groupIdOf(client, word, signal);
        if (words.length > 1) output.print(output.style.bold(`${printable(word)}:`));
        for await (const { id, user, role } of membersOf(client, groupId, signal)) {
          if (!user) continue;
          const { id: userId, name, login } = user;
          output.event('member', { groupId, membershipId: id, id: userId, name, login, role });
          const cells = [userId.padEnd(12), printable(login).padEnd(32), (role ?? '-').padEnd(6)];
          output.print([...cells, printable(name)].join('  '));
          await room(stdout, signal);
        }
      } catch (error) {
        if (words.length === 1) throw error;
        problems.report(error, word);
      }
    }
    return problems.exitCode;
  } finally {
    await close();
  }
}
