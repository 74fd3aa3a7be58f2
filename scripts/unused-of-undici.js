/**
 * Stands in the published command for parts of undici that can be reached by its code and never are: HTTP/2, another
 * parser of HTTP, and forms as fetch has them, which our client never sends. They were half of all that a start reads.
 */
export default function unused() {
  throw new Error('this part of undici is not in the command');
}
