import { type IncomingMessage, type OutgoingHttpHeaders, ServerResponse } from 'node:http';

/**
 * Answers as clients find them from Box, where Fastify and Node would do otherwise: header names in their usual
 * spelling, since some clients know them only so, and a refusal in the middle of an upload that leaves the client
 * time to send the rest.
 */
export class BoxResponse extends ServerResponse<IncomingMessage> {
  override setHeader(name: string, value: number | string | readonly string[]): this {
    return super.setHeader(usualName(name), value);
  }

  override writeHead(status: number, ...rest: readonly unknown[]): this {
    // A client that asked to close may still be sending what it was refused, and listens only afterwards: closing
    // now would show it a broken connection. It closes by itself; what it sends until then is dropped.
    if (!this.req.complete && hasBody(this.req)) this.shouldKeepAlive = true;
    return Reflect.apply(super.writeHead, this, [status, ...rest.map(withUsualNames)]);
  }
}

function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || headers['content-length'] !== undefined;
}

/** The last argument of `writeHead`; a reason before it stays as it is. */
function withUsualNames(argument: unknown): unknown {
  if (typeof argument !== 'object' || argument === null || Array.isArray(argument)) return argument;
  const headers = argument as OutgoingHttpHeaders;
  const renamed: OutgoingHttpHeaders = {};
  for (const name in headers) renamed[usualName(name)] = headers[name];
  return renamed;
}

/** Spelt otherwise than with a capital after each hyphen. */
const usualNames = new Map([
  ['www-authenticate', 'WWW-Authenticate'],
  ['box-request-id', 'box-request-id'],
]);
const rememberedNames = 200;

function usualName(name: string): string {
  const known = usualNames.get(name);
  if (known !== undefined) return known;
  const usual = name.replace(/(?<=^|-)[a-z]/g, (letter) => letter.toUpperCase());
  if (usualNames.size < rememberedNames) usualNames.set(name, usual);
  return usual;
}
