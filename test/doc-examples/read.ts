import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');

/** The code of one `@example`. */
export interface DocExample {
  /** The source that it is in, from the root of the repository. */
  readonly file: string;
  /** Of the example's first line of code, counted from 1. */
  readonly line: number;
  /** What it is about, such as `Files.upload`. */
  readonly subject: string;
  readonly code: string;
}

/** An exported function, or a method of an exported class. */
export interface Callable {
  readonly file: string;
  /** Such as `bodyOf` and `Files.upload`. */
  readonly name: string;
  readonly hasExample: boolean;
}

/** What doc comments have. */
interface DocComments {
  readonly examples: readonly DocExample[];
  readonly callables: readonly Callable[];
}

/** Reads the doc comments of sources, named by patterns from the root of the repository. Tests are left out. */
export function readDocs(...patterns: readonly string[]): DocComments {
  const files = globSync(patterns, { cwd: root }).filter((file) => !file.endsWith('.test.ts'));
  const read = files.sort().map((file) => readSource(file, readFileSync(join(root, file), 'utf8')));
  return {
    examples: read.flatMap(({ examples }) => examples),
    callables: read.flatMap(({ callables }) => callables),
  };
}

const TOP = /^(export )?(?:async )?(class|interface|function\*?|const|type) (\w+)/;
const METHOD = /^ {2}(?:async )?\*?\w+[(<]/;
const MEMBER = /^ {2}(?:readonly |async |get |\*)*(\w+)/;
const EXAMPLE = /^[ \t]*\* @example\b.*\n[ \t]*\* ```ts\n((?:[ \t]*\*.*\n)*?)[ \t]*\* ```$/gm;

/** Lines that belong together; the first is `line`, counted from 1. */
interface Block {
  readonly text: string;
  readonly line: number;
}

/** Goes by the layout that the formatter gives every source: declarations at no indent, members at two spaces. */
function readSource(file: string, text: string): DocComments {
  const examples: DocExample[] = [];
  const callables: Callable[] = [];
  let owner = '';
  let isPublicClass = false;
  for (const { comment, line } of documented(text)) {
    const [, exported, kind, name] = TOP.exec(line) ?? [];
    if (name !== undefined) {
      owner = name;
      isPublicClass = kind === 'class' && exported !== undefined;
    }
    const member = name === undefined ? MEMBER.exec(line)?.[1] : undefined;
    const subject = member === undefined ? owner : `${owner}.${member}`;
    const own = comment ? examplesIn(file, subject, comment) : [];
    examples.push(...own);
    const isFunction = exported !== undefined && kind?.startsWith('function');
    const isMethod = isPublicClass && METHOD.test(line) && member !== 'constructor';
    if (isFunction || isMethod) {
      callables.push({ file, name: subject, hasExample: own.length > 0 });
    }
  }
  return { examples, callables };
}

/** The lines outside of doc comments, each with the comment right before it. */
function documented(text: string): { readonly line: string; readonly comment?: Block }[] {
  const parts: { line: string; comment?: Block }[] = [];
  let open: string[] | undefined;
  let comment: Block | undefined;
  text.split('\n').forEach((line, at) => {
    if (/^ {0,2}\/\*\*/.test(line)) open = [];
    open?.push(line);
    if (open === undefined) {
      parts.push({ line, ...(comment && { comment }) });
      comment = undefined;
    } else if (line.includes('*/')) {
      comment = { text: open.join('\n'), line: at - open.length + 2 };
      open = undefined;
    }
  });
  return parts;
}

function examplesIn(file: string, subject: string, comment: Block): DocExample[] {
  return [...comment.text.matchAll(EXAMPLE)].map((match) => {
    const before = comment.text.slice(0, match.index).split('\n').length;
    const code = (match[1] ?? '').replace(/^[ \t]*\* ?/gm, '');
    return { file, line: comment.line + before + 1, subject, code };
  });
}
