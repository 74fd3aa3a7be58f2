/**
 * Lets Node load the SDK's own tests as they lie in its package: their types go, `@/…` is the SDK as it is
 * published, and `./commons` gets its ending.
 */
import { readFileSync } from 'node:fs';
import { registerHooks, stripTypeScriptTypes } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const published = dirname(fileURLToPath(import.meta.resolve('box-node-sdk')));

/** The folder with the SDK's tests. */
export const testsFolder = join(published, '../src/test');

/** From now on imports of the SDK's tests work, until the process ends. */
export function readSdkTests(): void {
  registerHooks({
    resolve(specifier, context, next) {
      if (specifier.startsWith('@/')) {
        return next(join(published, `${specifier.slice(2)}.js`), context);
      }
      const isSibling = specifier.startsWith('./') && isTest(context.parentURL);
      return next(isSibling ? join(testsFolder, `${specifier.slice(2)}.ts`) : specifier, context);
    },
    load(url, context, next) {
      if (!isTest(url)) return next(url, context);
      const source = withoutTypes(readFileSync(fileURLToPath(url), 'utf8'));
      return { format: 'module', source, shortCircuit: true };
    },
  });
}

function isTest(url: string | undefined): boolean {
  return url?.startsWith('file:') === true && dirname(fileURLToPath(url)) === testsFolder;
}

/** Names that were only types are imported all the same; what is not used afterwards is no import at all. */
function withoutTypes(source: string): string {
  const stripped = stripTypeScriptTypes(source);
  const importLine = /^import \{([^}]*)\} from '[^']*';$/gm;
  const code = stripped.replaceAll(importLine, '').replaceAll(/\/\*.*?\*\//gs, '');
  const used = new Set(code.match(/\w+/g));
  return stripped.replaceAll(importLine, (line, names: string) => {
    const kept = names.split(',').map((name) => name.trim());
    return kept.some((name) => used.has(name)) ? line : '';
  });
}
