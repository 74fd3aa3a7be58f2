import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The folder of this package: the nearest one with a manifest, as what is published has other folders than the sources. */
export function packageFolder(): string {
  let folder = import.meta.dirname;
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder);
  return folder;
}
