import { mkdir } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { generateKey } from '@boxhaul/seal';
import { CliError } from '../cli-error.ts';
import type { CommandContext } from '../context.ts';
import { ExitCode } from '../exit-codes.ts';
import { writeNewFile } from '../files/new-file.ts';
import { quoted } from '../output/quoted.ts';

/** `boxhaul keygen <file>`: a new key, in a file that only its owner can read; nothing is overwritten. */
export async function runKeygen(context: CommandContext, file: string): Promise<ExitCode> {
  const { output } = context;
  const key = await generateKey();
  const path = resolve(context.cwd, file);
  await writeNew(path, file, key.file);
  output.event('key', { recipient: key.recipient, path });
  output.print(key.recipient);
  output.say(
    [
      `The key is in ${file}. Whoever has that file can read what is encrypted to the line above;`,
      'without it nobody can, not Box, and not we: there is no other way in, and none to get it back.',
      'Keep a copy away from this machine, and for what matters encrypt to a second key as well.',
      '',
      `  boxhaul upload ./weekly --to /Backups --encrypt-to ${key.recipient}`,
      `  boxhaul download /Backups ./restored --identity-file ${quoted(file)}`,
    ].join('\n'),
  );
  return ExitCode.done;
}

async function writeNew(path: string, typed: string, text: string): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    await writeNewFile(path, [Buffer.from(text)], { replace: false, mode: 0o600 });
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === 'EEXIST') {
      throw new CliError(`${typed} is there already, and may be the only copy of a key`, {
        ways: [`boxhaul keygen another-key.txt`],
        cause,
      });
    }
    throw new CliError(`${typed} cannot be written (${code ?? cause})`, {
      ways: ['name a file in a folder of yours'],
      cause,
    });
  }
}
