/**
 * Completes package-lock.json: `node scripts/complete-lock.ts`, after npm install.
 *
 * A package made for each platform names all of its builds as optional dependencies. A registry that carries only some
 * of them leaves the others out of the lock, and `npm ci` then refuses the lock everywhere. The builds that are missing
 * are written as their siblings are, but for the checksum, which nobody here has seen; npm adds it where it installs one.
 */
import { readFileSync, writeFileSync } from 'node:fs';

interface Locked {
  version?: string;
  integrity?: string;
  cpu?: string[];
  os?: string[];
  libc?: string[];
  optionalDependencies?: Record<string, string>;
}

const file = new URL('../package-lock.json', import.meta.url);
const lock = JSON.parse(readFileSync(file, 'utf8')) as { packages: Record<string, Locked> };
const missing = Object.values(lock.packages).flatMap(({ optionalDependencies = {} }) =>
  Object.entries(optionalDependencies).filter(
    ([name]) => !(`node_modules/${name}` in lock.packages),
  ),
);
for (const [name, version] of missing) {
  lock.packages[`node_modules/${name}`] = likeItsSiblings(name, version);
  console.log(`added ${name} ${version}`);
}
lock.packages = Object.fromEntries(
  Object.entries(lock.packages).sort(([one], [other]) => one.localeCompare(other, 'en')),
);
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);

function likeItsSiblings(name: string, version: string): Locked {
  const family = `node_modules/${name.slice(0, name.indexOf('/') + 1)}`;
  const [, sibling] =
    Object.entries(lock.packages).find(([path, one]) => path.startsWith(family) && one.os) ?? [];
  const platform = /(android|darwin|freebsd|linux|openharmony|win32)-([a-z0-9]+)-?(\w*)/.exec(name);
  if (sibling === undefined || platform === null || sibling.version !== version) {
    throw new Error(
      `${name} ${version} is missing, and is no build of a package for each platform`,
    );
  }
  const [, os = '', cpu = '', abi = ''] = platform;
  const libc = abi.startsWith('musl') ? 'musl' : 'glibc';
  const entry: Locked = {};
  for (const [key, value] of Object.entries(sibling)) {
    if (key === 'integrity') continue;
    Object.assign(entry, { [key]: key === 'cpu' ? [cpu] : key === 'os' ? [os] : value });
  }
  if (os === 'linux') entry.libc = [libc];
  else delete entry.libc;
  return entry;
}
