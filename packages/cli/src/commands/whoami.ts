import { openConnection } from '../connection/connection.ts';
import type { CommandContext } from '../context.ts';
import { ExitCode } from '../exit-codes.ts';

const fields = ['name', 'login', 'status', 'enterprise', 'space_amount', 'space_used'];

/** `boxhaul whoami`: asks Box, so that what it says is so now. */
export async function runWhoami(context: CommandContext): Promise<ExitCode> {
  const { output, signal } = context;
  const connection = await openConnection(context);
  try {
    const user = await connection.client.users.me({ fields, signal });
    const { id, name, login, enterprise } = user;
    output.event('user', {
      id,
      name,
      login,
      enterprise: enterprise ?? null,
      via: connection.kind,
      credentials: connection.describe(),
    });
    output.print(`${name}  <${login}>  id ${id}`);
    output.print(
      [
        ...(enterprise?.name === undefined
          ? []
          : [`${enterprise.name} (enterprise ${enterprise.id})`]),
        connection.describe(),
      ].join('  ·  '),
    );
    return ExitCode.done;
  } finally {
    await connection.close();
  }
}
