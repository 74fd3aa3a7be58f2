/** What undici takes of `node:http`, for the published command, which hands it nothing that Node's own server was sent. */

/** Nothing is one. */
export class IncomingMessage {}

/** As Node's default. */
export const maxHeaderSize = 16 * 1024;
