import type { IncomingMessage } from 'node:http';
import { spoiltAt } from './spoil-response.ts';

/**
 * Spoils the bytes of single requests where they come from the network. It must be asked for before the event
 * loop turns again after the head has come, or bytes get past it.
 */

/** Lets the first bytes of the body through (half of it, if `afterBytes` is not given), then breaks the connection. */
export function cutRequest(request: IncomingMessage, afterBytes: number | undefined): void {
  const length = lengthOf(request);
  if (length === 0) {
    request.socket.destroy();
    return;
  }
  let most = afterBytes ?? (length === undefined ? undefined : Math.floor(length / 2));
  if (most !== undefined && length !== undefined) most = Math.min(most, length - 1);
  let come = 0;
  tapBytes(request, (bytes) => {
    const room = (most ?? Math.floor(bytes.length / 2)) - come;
    come += bytes.length;
    if (bytes.length <= room) return bytes;
    // Not at once: the parser is still at work on what came. If that is the whole body, its end must not be
    // seen meanwhile, or the request would be answered as a short one.
    request.push = () => true;
    setImmediate(() => request.socket.destroy());
    return bytes.subarray(0, Math.max(0, room));
  });
}

/** Changes one byte of the contents that a request carries: the last one in a form, else the one in the middle. */
export function changeRequestByte(request: IncomingMessage): void {
  let at = placeToSpoil(request);
  let come = 0;
  tapBytes(request, (bytes) => {
    at ??= Math.floor(bytes.length / 2);
    const place = at - come;
    come += bytes.length;
    return place >= 0 && place < bytes.length ? spoiltAt(bytes, place, false) : bytes;
  });
}

function placeToSpoil(request: IncomingMessage): number | undefined {
  const length = lengthOf(request);
  if (length === undefined) return undefined;
  const boundary = /boundary="?([^";]+)/i.exec(request.headers['content-type'] ?? '')?.[1];
  if (boundary === undefined) return Math.floor(length / 2);
  const closingLine = `\r\n--${boundary}--\r\n`.length;
  return Math.max(0, length - closingLine - 1);
}

/** `undefined`: it comes in chunks, and nobody has said how much. */
function lengthOf(request: IncomingMessage): number | undefined {
  const header = request.headers['content-length'];
  if (header !== undefined) return Number(header);
  return request.headers['transfer-encoding'] === undefined ? 0 : undefined;
}

function tapBytes(request: IncomingMessage, tap: (bytes: Buffer) => Buffer): void {
  const push = request.push.bind(request);
  request.push = (chunk: Buffer | null, encoding?: BufferEncoding) =>
    push(chunk === null ? null : tap(chunk), encoding);
}
