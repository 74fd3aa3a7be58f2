/** One file on its way to Box, as the walk finds it and as all that moves it takes it. */
import type { BoxFile } from '@boxhaul/client';
import type { Form } from '@boxhaul/seal';
import type { Copying } from '../distribute/copying.ts';
import type { Gate } from '../distribute/gate.ts';
import type { JobContext } from '../job.ts';
import type { Origin, OriginEntry } from '../origins/origin.ts';
import type { Source } from '../origins/source.ts';
import type { Sealing } from '../sealing/sealing.ts';
import type { SealedFile } from '../sealing/staging.ts';
import type { UploadMode } from '../transfer.ts';
import type { Contents } from './contents.ts';
import type { NameInBox } from './name-in-box.ts';

/** A file to be uploaded, and what the listing said about its name. */
export interface UploadItem {
  /** As results name it. */
  readonly path: string;
  readonly name: string;
  readonly origin: Origin;
  readonly entry: OriginEntry;
  /** As it was listed; what counts is what it is when it is opened. */
  readonly sizeBytes: number;
  readonly folderId: string;
  readonly mode: UploadMode;
  readonly inBox: NameInBox;
  /** What it has in common with the same file for other folders. */
  readonly together?: Together;
  /** Where it is sealed on its way. */
  readonly sealing?: Sealing;
}

/** One file for several folders: each is an upload of its own, and leans on the others. */
interface Together {
  /** The contents, opened once for all. */
  open(): Promise<Contents>;
  /** Lets one find out whether the account may write there, before the others try. */
  readonly gate?: Gate;
  readonly copying?: Copying;
  /** Seals the contents, once for all who want them in this form. */
  seal(form: Form, source: Source, context: JobContext): Promise<SealedFile>;
  /** Box has it. */
  sent(file: BoxFile): void;
}
