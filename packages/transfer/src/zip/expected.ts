/** What is to come in an archive, and whose contents each of its entries are. */
import type { BoxZipDownload } from '@boxhaul/client';
import type { WantedFile } from '../download/download.ts';

/**
 * The files of one archive that have not arrived. An entry belongs to the file whose SHA-1 it has, whatever it is
 * called: names in an archive are Box's, who changes those that several files have, and nothing here is named by
 * them. Only where several files have the same SHA-1 does the name say which of them it is.
 */
export class Expected {
  readonly #bySha1 = new Map<string, WantedFile[]>();
  readonly #sizes = new Set<number>();
  readonly #names: ReadonlyMap<string, string>;

  constructor(files: readonly WantedFile[], conflicts: BoxZipDownload['name_conflicts']) {
    this.#names = new Map(conflicts.flat().map(({ id, download_name }) => [id, download_name]));
    for (const wanted of files) {
      const { sha1, sizeBytes } = wanted.item.file;
      this.#sizes.add(sizeBytes);
      const alike = this.#bySha1.get(sha1);
      if (alike) alike.push(wanted);
      else this.#bySha1.set(sha1, [wanted]);
    }
  }

  /** Whether an entry of this size can be one of them. */
  hasSize(sizeBytes: number): boolean {
    return this.#sizes.has(sizeBytes);
  }

  /** The file that an entry is, which is expected no more; undefined if it is none of them. */
  take(sha1: string, entryName: string): WantedFile | undefined {
    const alike = this.#bySha1.get(sha1) ?? [];
    const index =
      alike.length === 1 ? 0 : alike.findIndex((one) => this.#nameOf(one) === entryName);
    const [found] = index < 0 ? [] : alike.splice(index, 1);
    return found;
  }

  /** What has not come. */
  rest(): WantedFile[] {
    return [...this.#bySha1.values()].flat();
  }

  #nameOf({ item }: WantedFile): string {
    return this.#names.get(item.file.id) ?? item.name;
  }
}
