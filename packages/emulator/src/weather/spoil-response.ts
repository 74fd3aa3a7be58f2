import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';

/**
 * Spoils single answers where they leave for the network, so that it makes no difference how a route writes its
 * body, and answers that nothing befalls cost nothing.
 */

/**
 * Lets the head and the first bytes of the body through (half of it, if `afterBytes` is not given; never all), and
 * then calls `then` instead of sending the rest.
 */
export function stopWithin(
  response: ServerResponse,
  afterBytes: number | undefined,
  then: () => void,
): void {
  let most = afterBytes;
  let sent = 0;
  let isStopped = false;
  tapBody(response, {
    onHead({ lengthBytes }) {
      if (lengthBytes === undefined) return;
      most = Math.max(0, Math.min(most ?? Math.floor(lengthBytes / 2), lengthBytes - 1));
    },
    onBytes(bytes, write) {
      if (isStopped) return false;
      const room = (most ?? Math.floor(bytes.length / 2)) - sent;
      if (bytes.length <= room) {
        sent += bytes.length;
        return write(bytes);
      }
      isStopped = true;
      if (room > 0) {
        write(bytes.subarray(0, room), then);
      } else {
        response.flushHeaders();
        setImmediate(then);
      }
      return false;
    },
    mayEnd() {
      if (!isStopped) setImmediate(then);
      return false;
    },
  });
}

/** Changes the byte in the middle of the body: in JSON to one that no JSON holds. */
export function changeByte(response: ServerResponse): void {
  let at: number | undefined;
  let isJson = false;
  let sent = 0;
  tapBody(response, {
    onHead(head) {
      isJson = head.isJson;
      if (head.lengthBytes !== undefined) at = Math.floor(head.lengthBytes / 2);
    },
    onBytes(bytes, write) {
      at ??= Math.floor(bytes.length / 2);
      const place = at - sent;
      sent += bytes.length;
      return write(place >= 0 && place < bytes.length ? spoiltAt(bytes, place, isJson) : bytes);
    },
    mayEnd: () => true,
  });
}

/** Sends nothing at all, and calls `then` when an answer would be sent. */
export function sendNothing(response: ServerResponse, then: () => void): void {
  let isCalled = false;
  const once = () => {
    if (!isCalled) setImmediate(then);
    isCalled = true;
    return false;
  };
  response.writeHead = () => {
    once();
    return response;
  };
  response.write = once;
  response.end = () => {
    once();
    return response;
  };
}

/** A copy with one byte changed; a NUL is legal nowhere in JSON. */
export function spoiltAt(bytes: Buffer, place: number, isJson: boolean): Buffer {
  const copy = Buffer.from(bytes);
  copy[place] = isJson ? 0 : ((copy[place] ?? 0) ^ 0xff) & 0xff;
  return copy;
}

interface Tap {
  onHead(head: { lengthBytes: number | undefined; isJson: boolean }): void;
  /** Passes on what it wants to with `write`, and answers what a stream's `write` does. */
  onBytes(bytes: Buffer, write: (bytes: Buffer, done?: () => void) => boolean): boolean;
  /** Whether the answer may be ended properly. */
  mayEnd(): boolean;
}

/** Puts `tap` between a route and the network. */
function tapBody(response: ServerResponse, tap: Tap): void {
  const writeHead = response.writeHead.bind(response);
  const write = response.write.bind(response);
  const end = response.end.bind(response);
  let isHeadSeen = false;
  const see = (headers: OutgoingHttpHeaders) => {
    if (isHeadSeen) return;
    isHeadSeen = true;
    const length = headers['content-length'] ?? response.getHeader('content-length');
    const type = headers['content-type'] ?? response.getHeader('content-type');
    tap.onHead({
      lengthBytes: length === undefined ? undefined : Number(length),
      isJson: String(type).includes('json'),
    });
  };
  const pass = (bytes: Buffer, done?: () => void) => write(bytes, done);
  const take = (chunk: unknown, encoding: unknown): boolean => {
    see({});
    if (chunk === undefined || chunk === null || typeof chunk === 'function') return true;
    const bytes =
      typeof chunk === 'string'
        ? Buffer.from(chunk, typeof encoding === 'string' ? (encoding as BufferEncoding) : 'utf8')
        : Buffer.from(chunk as Uint8Array);
    return bytes.length === 0 || tap.onBytes(bytes, pass);
  };
  response.writeHead = ((status: number, ...rest: unknown[]) => {
    const headers = rest.at(-1);
    see(typeof headers === 'object' && headers !== null ? (headers as OutgoingHttpHeaders) : {});
    return Reflect.apply(writeHead, response, [status, ...rest]);
  }) as ServerResponse['writeHead'];
  response.write = ((chunk: unknown, encoding: unknown) =>
    take(chunk, encoding)) as ServerResponse['write'];
  response.end = ((chunk: unknown, encoding: unknown) => {
    take(chunk, encoding);
    if (tap.mayEnd()) end();
    return response;
  }) as ServerResponse['end'];
}
