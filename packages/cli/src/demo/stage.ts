/** The words of the demo: what its steps work with, and what they come to. */
import type { BoxClient } from '@boxhaul/client';
import type { Emulator } from '@boxhaul/emulator';
import type { TransferEvent, TransferReport } from '@boxhaul/transfer';
import type { Material } from './material.ts';

/** What every step works with. */
export interface Stage {
  box: Emulator;
  client: BoxClient;
  /** The folder on Box that the demo fills. */
  folderId: string;
  /** The copy of the material on this machine; steps change files in it. */
  source: string;
  /** Where downloads go, each into a folder of its own. */
  downloads: string;
  material: Material;
  signal: AbortSignal;
  onEvent(event: TransferEvent): void;
}

/** Something that must be so, and whether it is. */
export interface Claim {
  claim: string;
  holds: boolean;
  /** What was found instead. */
  found?: string;
}

/** What a step came to. */
export interface Outcome {
  /** What was done, in a few words. */
  did: string;
  report: TransferReport;
  claims: readonly Claim[];
}

export interface Step {
  title: string;
  /** What one would type for it. */
  command: string;
  run(stage: Stage): Promise<Outcome>;
}
