/** Whether a server is the one that it is taken for. */
import { SourceError } from '../source-error.ts';
import {
  type KnownHost,
  type KnownPlace,
  keyFingerprint,
  keyType,
  placeOf,
} from './known-hosts.ts';

/** The host that is to be met. */
export interface HostToMeet extends KnownPlace {
  readonly known: KnownHost;
  /** Where its key would be written down. */
  readonly file: string;
  /** A host that was never met is believed, and remembered. */
  readonly acceptsNew: boolean;
}

/** @returns why nothing is to be told to a server that has this key; undefined if it is the right one */
export function refusalOf(meeting: HostToMeet, key: Buffer): SourceError | undefined {
  const { host, port, known, file, acceptsNew } = meeting;
  const shown = `its key (${keyType(key)}) is ${keyFingerprint(key)}`;
  const place = placeOf(meeting);
  switch (known.judge(key)) {
    case 'known':
      return undefined;
    case 'unknown':
      if (acceptsNew) return undefined;
      return new SourceError(`${place} is not a host that this machine knows`, {
        details: [shown, `it is in none of the known_hosts files, such as ${file}`],
        ways: [
          'compare it with what the host’s owner says, then: --accept-new-host-key',
          `ssh -p ${port} ${host}    asks, and remembers the answer`,
        ],
      });
    case 'other':
      return new SourceError(`${place} is not the host that this machine knows by that name`, {
        details: [shown, `${file}, or the system's, has another (${known.types.join(', ')})`],
        ways: [
          'someone may be in between: ask the host’s owner whether its key is new',
          `only if it is: ssh-keygen -R '${place}', then --accept-new-host-key`,
        ],
      });
    case 'revoked':
      return new SourceError(`${place} has a key that was revoked`, {
        details: [shown, 'a known_hosts file says @revoked of it'],
        ways: ['ask the host’s owner: nothing should be told to whoever has that key'],
      });
  }
}
