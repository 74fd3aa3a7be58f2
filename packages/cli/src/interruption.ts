/**
 * Why `context.signal` has fired. Both are ordinary ends, so they carry no stack.
 */

/** Ctrl-C, or someone asked the process to end. */
export class Interrupted extends Error {
  constructor(signalName: string) {
    super(`interrupted (${signalName})`);
    this.name = 'Interrupted';
  }
}

/** The reader of stdout has gone away, as `head` does when it has seen enough. */
export class OutputClosed extends Error {
  constructor() {
    super('the reader of the output has gone away');
    this.name = 'OutputClosed';
  }
}
