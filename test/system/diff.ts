/** Compares two folders byte for byte, with the system's own `diff`. */
import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';

/** What `diff -r` says of the two folders: empty where nothing differs. */
export async function differences(left: string, right: string): Promise<string> {
  const diff = spawn('diff', ['-r', '--no-dereference', left, right]);
  const [out, err] = await Promise.all([text(diff.stdout), text(diff.stderr)]);
  return out + err;
}
