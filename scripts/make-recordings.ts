/**
 * Writes what commands print into the pages that show them: every `console` block of docs/ is run on a Box of the
 * page's own, its lines in order. Pages may be named; otherwise all that have such blocks are gone through.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { blocksOf, withBlocks } from './recordings/page.ts';
import { record } from './recordings/stage.ts';

const docs = join(import.meta.dirname, '../docs');

/** The pages of docs/ that have recordings. */
export function recordedPages(): string[] {
  const pages = readdirSync(docs).filter((name) => name.endsWith('.md'));
  return pages.filter((name) => blocksOf(pageText(name)).some(({ kind }) => kind === 'shown'));
}

/** What a page says, and what it would say if it were recorded now. */
export async function recorded(name: string): Promise<{ before: string; after: string }> {
  const before = pageText(name);
  return { before, after: withBlocks(before, await record(blocksOf(before))) };
}

function pageText(name: string): string {
  return readFileSync(join(docs, name), 'utf8');
}

if (import.meta.main) {
  const named = process.argv.slice(2);
  for (const name of named.length > 0 ? named : recordedPages()) {
    const { before, after } = await recorded(name);
    if (after !== before) writeFileSync(join(docs, name), after);
    console.log(`${name}: ${after === before ? 'as it was' : 'written'}`);
  }
}
