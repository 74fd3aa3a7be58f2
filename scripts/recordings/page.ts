/** The recordings of a page of docs: which lines stand in it, and what of them is the same in every run. Pure. */

/** A block of lines in a page: those that are shown with what they print, or those that set the stage. */
export interface Block {
  readonly kind: 'shown' | 'stage';
  /** Shell lines, without the prompt. */
  readonly lines: readonly string[];
  /** What stands in the page between the block's marks. */
  readonly text: string;
  /** Where that begins. */
  readonly at: number;
}

const BLOCK = /^(?:(```console\n)([\s\S]*?)^```|(<!-- stage\n)([\s\S]*?)^-->)$/gm;

/**
 * The blocks of a page in order. What is shown is a `console` block, its lines behind `$ `; what sets the stage is an
 * HTML comment that begins with `stage`.
 */
export function blocksOf(page: string): Block[] {
  return [...page.matchAll(BLOCK)].map((match) => {
    const [, console = '', shown, comment = '', stage = ''] = match;
    const text = shown ?? stage;
    const at = match.index + (console || comment).length;
    if (shown === undefined) return { kind: 'stage', lines: linesOf(stage), text, at };
    const prompts = linesOf(shown).filter((line) => line.startsWith('$ '));
    return { kind: 'shown', lines: prompts.map((line) => line.slice(2)), text, at };
  });
}

function linesOf(text: string): string[] {
  return text.split('\n').filter((line) => line !== '');
}

/** What a block looks like when its lines print this. */
export function shownAs(printed: readonly { line: string; output: string }[]): string {
  return printed.map(({ line, output }) => `$ ${line}\n${trimmed(output)}`).join('\n');
}

function trimmed(output: string): string {
  const text = output.replaceAll(/[ \t]+$/gm, '').trimEnd();
  return text === '' ? '' : `${text}\n`;
}

/** The page with other texts in its blocks; one that says the same but for times and ids is left as it is. */
export function withBlocks(page: string, texts: ReadonlyMap<Block, string>): string {
  let written = '';
  let from = 0;
  for (const [block, text] of texts) {
    const isSame = isAlike(block.text, text);
    written += page.slice(from, block.at) + (isSame ? block.text : text);
    from = block.at + block.text.length;
  }
  return written + page.slice(from);
}

/** What differs from one run to the next, and how it is read here. */
const CHANCE: readonly [RegExp, string][] = [
  // First: four letters of chance may look like a time, 12ms.
  [/\b(job|resume|retry|jobs) [0-9a-z]{4}\b/g, '$1 JOB'],
  [/\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d)?(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)?)?/g, 'TIME'],
  [/\b\d+(?:\.\d+)? ?(?:[kKMGT]i?B|B|bytes?)\/s/g, 'RATE'],
  [/\b\d+(?:\.\d+)? ?(?:ms|min|s|h)\b(?: \d+ s\b)?/g, 'SPAN'],
  [/"ms":\d+/g, '"ms":SPAN'],
  [/\b\d{8,}\b/g, 'ID'],
  [/\bage1[0-9a-z]{50,}|\b[0-9a-f]{40,64}\b/g, 'KEY'],
  [/\b(?:127\.0\.0\.1|localhost):\d+/g, 'HOST'],
  [/\/s\/[0-9a-z]{16,}/g, '/s/LINK'],
];

/** Whether two texts say the same, whatever the order of their lines: work goes on in parallel. */
export function isAlike(one: string, other: string): boolean {
  return essenceOf(one) === essenceOf(other);
}

/** A text without what is by chance in it. */
function essenceOf(text: string): string {
  let essence = text;
  for (const [pattern, word] of CHANCE) essence = essence.replaceAll(pattern, word);
  const lines = essence.split('\n').map((line) => line.replaceAll(/[ ━╺─]+/g, ' ').trim());
  return lines.sort().join('\n');
}
