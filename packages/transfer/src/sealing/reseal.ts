/** How sealed files come to be for others. What does it is loaded when it is asked for: few runs encrypt anything. */
import type { Identities, Recipients } from '@boxhaul/seal';
import type { TransferOptions, TransferReport } from '../transfer.ts';

/** Where sealed files are, what opens them, and for whom they are to be sealed. */
export interface ResealOptions
  extends Omit<TransferOptions, 'deleteExtra' | 'maxDelete' | 'others'> {
  folderId: string;
  identities: Identities;
  recipients: Recipients;
}

/**
 * Encrypts all files below a Box folder whose names end in `.age` for these recipients, and for nobody else, the key of
 * encrypted names among them. Each becomes a new version; earlier versions stay, and are still open to those who could
 * open them. A run that is remembered goes on where one before it ended.
 *
 * @throws {BoxApiError} the folder cannot be listed
 * @throws {BoxhaulError} with `recovery: 'stop'`, such as a refused sign-in
 * @example
 * ```ts
 * import { generateKey, identitiesFrom, recipientsFrom } from '@boxhaul/seal';
 * import { reseal, upload } from '@boxhaul/transfer';
 *
 * const [old, next] = [await generateKey(), await generateKey()];
 * const recipients = (text: string) => recipientsFrom([{ text }]);
 * const sealed = { recipients: recipients(old.recipient) };
 * await upload({ client, sources: ['report.txt'], folderId, mode: 'update', seal: sealed });
 * const identities = identitiesFrom([{ text: old.file }]);
 * await reseal({ client, folderId, identities, recipients: recipients(next.recipient) });
 * ```
 */
export async function reseal(options: ResealOptions): Promise<TransferReport> {
  const { resealAll } = await import('./resealing.ts');
  return resealAll(options);
}
