/** The part of jest that the SDK's tests use: `test`, and `expect(…).rejects.toThrow()`. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { testsFolder } from './sources.ts';

export interface SdkTest {
  readonly name: string;
  readonly run: () => Promise<void> | void;
}

declare global {
  var test: (name: string, run: () => Promise<void> | void) => void;
  var expect: (run: () => Promise<unknown>) => { rejects: { toThrow(): Promise<void> } };
}

let collected: SdkTest[] = [];

globalThis.test = (name, run) => {
  collected.push({ name, run });
};

globalThis.expect = (run) => ({ rejects: { toThrow: () => assert.rejects(run) } });

/** The tests of one file, in order. Asked once for each file. */
export async function testsIn(file: string): Promise<SdkTest[]> {
  collected = [];
  await import(join(testsFolder, file));
  return collected;
}
