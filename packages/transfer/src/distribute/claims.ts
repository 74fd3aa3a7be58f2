import { TransferFailure } from '../reason.ts';

/**
 * Which target each folder in Box belongs to. Where one target lies in another, the two may meet in a folder: it is
 * then the one's that came first, so that nothing of a run overwrites anything of it.
 */
export class Claims {
  readonly #labels = new Map<string, string>();

  /** @throws {TransferFailure} `same-folder` */
  take(folderId: string, label: string): void {
    const owner = this.#labels.get(folderId);
    if (owner !== undefined && owner !== label) {
      const words = `this folder belongs to the target "${owner}" as well, which was there first`;
      throw new TransferFailure('same-folder', words);
    }
    // In a dry run a folder that would be made has no id.
    if (folderId !== '') this.#labels.set(folderId, label);
  }
}
