/** A file of rows with its SHA-256 beside it, so that whoever has both can tell whether a byte of it was changed. */
import { createHash } from 'node:crypto';
import { open, rename } from 'node:fs/promises';
import { basename } from 'node:path';

/** A file that is complete, and what it is known by. */
export interface Signed {
  readonly path: string;
  /** Lower-case hex. */
  readonly sha256: string;
  readonly rows: number;
}

/** How much is written at once. */
const CHUNK = 256 * 1024;

type Row = Readonly<Record<string, unknown>>;

/** Writes rows as they come, under another name until all are there; then `<path>.sha256`. */
export async function writeSigned(
  path: string,
  columns: readonly string[],
  rows: Iterable<Row>,
): Promise<Signed> {
  const line = path.endsWith('.jsonl') ? jsonLine : csvLine;
  const hash = createHash('sha256');
  let count = 0;
  await replace(
    path,
    function* () {
      if (line === csvLine) yield `${columns.join(',')}\n`;
      for (const row of rows) {
        count += 1;
        yield line(row, columns);
      }
    },
    (chunk) => hash.update(chunk),
  );
  const sha256 = hash.digest('hex');
  // As sha256sum writes it, and reads it with -c.
  await replace(`${path}.sha256`, () => [`${sha256}  ${basename(path)}\n`]);
  return { path, sha256, rows: count };
}

/** A file has its name when it is whole and on the disk. */
async function replace(
  path: string,
  lines: () => Iterable<string>,
  onChunk: (chunk: string) => void = () => undefined,
): Promise<void> {
  const partial = `${path}.partial`;
  const file = await open(partial, 'w');
  try {
    let chunk = '';
    const flush = async () => {
      onChunk(chunk);
      await file.writeFile(chunk);
      chunk = '';
    };
    for (const line of lines()) {
      chunk += line;
      if (chunk.length >= CHUNK) await flush();
    }
    await flush();
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(partial, path);
}

function jsonLine(row: Row, columns: readonly string[]): string {
  const filled = columns.filter((name) => row[name] !== '');
  return `${JSON.stringify(Object.fromEntries(filled.map((name) => [name, row[name]])))}\n`;
}

/** RFC 4180, but for the ends of lines. */
function csvLine(row: Row, columns: readonly string[]): string {
  const cells = columns.map((name) => {
    const text = String(row[name]);
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  });
  return `${cells.join(',')}\n`;
}
