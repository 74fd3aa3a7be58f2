/**
 * Text in the columns of a terminal. Names come from disks and from Box and may hold anything: wide
 * characters, emoji, combining marks, and control characters that would move the cursor or worse.
 */

let segmenter: Intl.Segmenter | undefined;
const plain = /^[\x20-\x7e]*$/;
// What terminals draw two columns wide: East Asian scripts, full-width forms and pictures.
const wide =
  /[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303e\uff01-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}|\ufe0f/u;
const invisible = /^[\p{Mark}\p{Format}]+$/u;
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const control = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;

// biome-ignore lint/suspicious/noControlCharactersInRegex: SGR codes take no columns
const sgr = /\u001b\[[\d;]*m/g;

/** Text whose control characters are shown (`␛`) instead of obeyed. */
export function printable(text: string): string {
  return text.replace(control, (character) => {
    const code = character.charCodeAt(0);
    return code < 0x20 ? String.fromCharCode(0x2400 + code) : '\ufffd';
  });
}

/** How many columns a text without control characters takes. */
export function widthOf(text: string): number {
  if (plain.test(text)) return text.length;
  let width = 0;
  for (const { segment } of graphemesOf(text)) width += widthOfGrapheme(segment);
  return width;
}

/** The same of a text that carries colours. */
export function widthOfStyled(text: string): number {
  return widthOf(text.replace(sgr, ''));
}

/** How many rows lines of these widths take where a row has so many columns: longer ones are folded. */
export function rowsOf(widths: readonly number[], columns: number): number {
  const rows = (width: number) => Math.max(1, Math.ceil(width / Math.max(1, columns)));
  return widths.reduce((sum, width) => sum + rows(width), 0);
}

/** The text if it fits into `columns`, or else its end behind `…`: of a path the end says most. */
export function shortened(text: string, columns: number): string {
  if (widthOf(text) <= columns) return text;
  const graphemes = [...graphemesOf(text)].map(({ segment }) => segment);
  let width = 1;
  let from = graphemes.length;
  while (from > 0) {
    const next = widthOfGrapheme(graphemes[from - 1] ?? '');
    if (width + next > columns) break;
    width += next;
    from--;
  }
  return columns < 1 ? '' : `…${graphemes.slice(from).join('')}`;
}

function widthOfGrapheme(segment: string): number {
  if (invisible.test(segment)) return 0;
  return wide.test(segment) ? 2 : 1;
}

/** Node reads its tables of Unicode for the first of these: a start whose names are all plain does without. */
function graphemesOf(text: string): Intl.Segments {
  segmenter ??= new Intl.Segmenter(undefined, { granularity: 'grapheme' });
  return segmenter.segment(text);
}
