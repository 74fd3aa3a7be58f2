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

/** Wrappers such as npx pass a Ctrl-C on that has reached this process already: one press, two signals. */
const onePressMs = 250;

/**
 * What signals do, one after the other: the first says that the end is wanted, the second that it is wanted at once,
 * the third does not ask.
 */
export function interrupter(steps: {
  readonly end: AbortController;
  readonly stopNow: AbortController;
  readonly exit: () => void;
  readonly nowMs: () => number;
}): (signalName: string) => void {
  let lastAtMs = Number.NEGATIVE_INFINITY;
  return (signalName) => {
    const nowMs = steps.nowMs();
    if (nowMs - lastAtMs <= onePressMs) return;
    lastAtMs = nowMs;
    const reason = new Interrupted(signalName);
    if (!steps.end.signal.aborted) steps.end.abort(reason);
    else if (!steps.stopNow.signal.aborted) steps.stopNow.abort(reason);
    else steps.exit();
  };
}
