/**
 * What undici takes of `node:http` and `node:http2`, for the published command, which neither hands undici what Node's
 * own server was sent nor speaks HTTP/2.
 */

/** Nothing is one. */
export class IncomingMessage {}

/** As Node's default. */
export const maxHeaderSize = 16 * 1024;

/** As undici itself has it where Node has no HTTP/2. */
export const constants = {};
