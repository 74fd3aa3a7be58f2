/**
 * Node's own modules as the published command has them. An `import` of one copies all that it exports, and with that
 * loads what Node itself would load when it is first used: of crypto, Web Crypto; of fs, its streams. So each is taken
 * from Node as `require` would.
 */
import type { ESTree } from 'rolldown/utils';

type Statement = ESTree.Program['body'][number];
type Import = ESTree.ImportDeclaration;

/** @param statements of the code, as parsed; their positions are its */
export function withoutFacades(code: string, statements: readonly Statement[]): string {
  const taken = statements.filter(isOfNode);
  let rest = code;
  for (const { start, end } of taken.toReversed()) rest = rest.slice(0, start) + rest.slice(end);
  // Imports are done before all else, wherever they stand.
  return taken.map(asTaken).join('') + rest;
}

function isOfNode(statement: Statement): statement is Import {
  return statement.type === 'ImportDeclaration' && statement.source.value.startsWith('node:');
}

function asTaken({ source, specifiers }: Import): string {
  const module = `globalThis.process.getBuiltinModule(${JSON.stringify(source.value)})`;
  const whole = specifiers.flatMap((one) =>
    one.type === 'ImportSpecifier' ? [] : [`const ${one.local.name}=${module};`],
  );
  const named = specifiers.flatMap((one) =>
    one.type === 'ImportSpecifier' ? [`${nameOf(one.imported)}:${one.local.name}`] : [],
  );
  return whole.join('') + (named.length > 0 ? `const{${named.join(',')}}=${module};` : '');
}

function nameOf(name: ESTree.ModuleExportName): string {
  return name.type === 'Literal' ? JSON.stringify(name.value) : name.name;
}
