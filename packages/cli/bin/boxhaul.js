#!/usr/bin/env node
// Only what Node 12 knows: whatever Node starts this file must be able to read it, so that a person
// with an old one is told what to do.

const needed = 24;
const major = Number(process.versions.node.split('.')[0]);

if (major >= needed) {
  // Imported, they would be loaded with all that they only load when it is used.
  const { existsSync } = process.getBuiltinModule('node:fs');
  const module = process.getBuiltinModule('node:module');
  const sources = new URL('../src/main.ts', import.meta.url);
  const isClone = existsSync(sources);
  // What Node made of the code is kept, or it would do it again at every start; where nobody else can write to it.
  module.enableCompileCache(isClone ? cacheOfClone() : cacheOfUser());
  const main = isClone ? sources : new URL('../src/main.js', import.meta.url);
  void import(main.href).then((program) => program.main());
} else {
  process.stderr.write(
    `boxhaul: this is Node.js ${process.versions.node}, and ${needed} or newer is needed
  → in a clone of the project: npx boxhaul …    (npm install brings Node ${needed} along)
  → anywhere else: https://nodejs.org/en/download, or: nvm install ${needed}
`,
  );
  process.exitCode = 2;
}

function cacheOfClone() {
  const { fileURLToPath } = process.getBuiltinModule('node:url');
  return fileURLToPath(new URL('../../../node_modules/.cache/node', import.meta.url));
}

function cacheOfUser() {
  const { homedir } = process.getBuiltinModule('node:os');
  const { join } = process.getBuiltinModule('node:path');
  const env = process.env;
  if (env.BOXHAUL_HOME) return join(env.BOXHAUL_HOME, 'cache');
  const caches = {
    darwin: join(homedir(), 'Library', 'Caches'),
    win32: env.LOCALAPPDATA || join(homedir(), 'AppData', 'Local'),
  };
  return join(
    env.XDG_CACHE_HOME || caches[process.platform] || join(homedir(), '.cache'),
    'boxhaul',
  );
}
