/** `sftp://`: what lies on an SSH server, as the origin of an upload. */
import { userInfo } from 'node:os';
import type { SftpAddress } from '../address.ts';
import { nameMeant, notBegun, type OpenOrigin, openFarOrigin } from '../far-origin.ts';
import { SILENCE_MS } from '../silence.ts';
import { SourceError } from '../source-error.ts';
import { SftpConnection } from './connection.ts';
import { type CredentialOptions, credentialsFor } from './credentials.ts';
import { type HostToMeet, refusalOf } from './host-check.ts';
import { type KnownHost, knownHost, rememberHost } from './known-hosts.ts';
import { SftpTree } from './sftp-tree.ts';
import type { Connecting, SigningIn } from './sign-in.ts';
import { type HostSettings, hostSettings } from './ssh-config.ts';

export interface SftpOptions extends CredentialOptions {
  /** A host that was never met is believed, and remembered in the user's known_hosts. @default false */
  readonly acceptNewHostKey?: boolean;
  /** For so long the server may say nothing while it is asked something. @default 60 s */
  readonly silenceMs?: number;
}

/** @throws {SourceError} the host is not the one that is known, does not admit the user, or has nothing there */
export async function openSftpOrigin(
  address: SftpAddress,
  options: SftpOptions,
  signal: AbortSignal,
): Promise<OpenOrigin> {
  const { path } = address;
  const { env, home } = options;
  const settings = await hostSettings(address, { env, home, localUser: userInfo().username });
  const { host, port, user, through } = settings;
  const server = `sftp://${user}@${port === 22 ? host : `${host}:${port}`}`;
  // What has the same address behind another host is another server.
  const way = through?.map((jump) => ` through ${jump.user}@${jump.host}:${jump.port}`) ?? [];
  const connection = new SftpConnection(await connecting(settings, options));
  const tree = new SftpTree(`${server}${way.join('')}`, connection);
  const words = `${server}${path.startsWith('/') ? path : `/~/${path.slice(2)}`}`;
  try {
    const real = await tree.resolve(path, signal);
    return await openFarOrigin(tree, { path: real, name: nameMeant(path), words }, signal);
  } catch (error) {
    await tree.close();
    throw notBegun(words, error, signal);
  }
}

async function connecting(settings: HostSettings, options: SftpOptions): Promise<Connecting> {
  const { silenceMs = SILENCE_MS, env, keyFile: _, ...others } = options;
  // What is meant for the server is not for those that lead there, and least of all the password.
  const bare = { ...env, BOXHAUL_SFTP_PASSWORD: undefined, BOXHAUL_SFTP_KEY: undefined };
  const through = settings.through?.map((jump) =>
    signingIn(jump, { ...others, env: bare }, WAYS_IN_BETWEEN),
  );
  return {
    ...(await signingIn(settings, options, WAYS_IN)),
    through: await Promise.all(through ?? []),
    silenceMs,
  };
}

async function signingIn(
  { host, port, knownHosts, knownAs, ...who }: HostSettings,
  options: SftpOptions,
  ways: readonly string[],
): Promise<SigningIn> {
  // It is CommonJS, in which Node finds names only by guessing.
  const { default: ssh2 } = await import('ssh2');
  const [file = '/dev/null'] = knownHosts;
  const offered = await credentialsFor(who, options, ssh2.utils);
  const place = { host, port, ...(knownAs !== undefined && { knownAs }) };
  let refusal: SourceError | undefined;
  return {
    host,
    port,
    newClient: () => new ssh2.Client(),
    async config() {
      // Read each time: a host that was accepted just now is known when it is met again.
      const known = await knownHost([...knownHosts, '/etc/ssh/ssh_known_hosts'], place);
      const acceptsNew = options.acceptNewHostKey === true;
      const meeting = { ...place, file, known, acceptsNew };
      const hostVerifier = (key: Buffer, verify: (isRight: boolean) => void) => {
        void meet(meeting, key).then((why) => {
          refusal = why;
          verify(why === undefined);
        });
      };
      return {
        host,
        port,
        username: who.user,
        authHandler: [...offered.methods],
        keepaliveInterval: 15_000,
        keepaliveCountMax: 4,
        readyTimeout: 30_000,
        hostVerifier,
        algorithms: { serverHostKey: wantedSignatures(known) },
      };
    },
    refusal: () => refusal,
    notAdmitted: (cause) => notAdmitted(`${who.user}@${host}`, { ...offered, ways }, cause),
  };
}

/** @returns why the host is not to be talked to */
async function meet(meeting: HostToMeet, key: Buffer): Promise<SourceError | undefined> {
  const refusal = refusalOf(meeting, key);
  if (refusal || meeting.known.judge(key) === 'known') return refusal;
  try {
    await rememberHost(meeting.file, meeting, key);
    return undefined;
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    return new SourceError(`the host's key cannot be written down: ${why}`, {
      cause,
      ways: [`make ${meeting.file} writable, or put the key there by ssh-keyscan`],
    });
  }
}

const SIGNATURES = [
  'ssh-ed25519',
  'ecdsa-sha2-nistp256',
  'ecdsa-sha2-nistp384',
  'ecdsa-sha2-nistp521',
  'rsa-sha2-512',
  'rsa-sha2-256',
  'ssh-rsa',
] as const;

/** A host with several keys is asked for the one that is known. */
function wantedSignatures(known: KnownHost): (typeof SIGNATURES)[number][] {
  const isKnown = (signature: string) =>
    known.types.includes(signature.startsWith('rsa-') ? 'ssh-rsa' : signature);
  return [...SIGNATURES].sort((one, other) => Number(isKnown(other)) - Number(isKnown(one)));
}

const WAYS_IN = [
  'ssh-add <key>    or --ssh-key <file>, with BOXHAUL_SFTP_PASSPHRASE where it has one',
  'export BOXHAUL_SFTP_PASSWORD=…    if the server takes passwords',
];

const WAYS_IN_BETWEEN = [
  'ssh-add <key>    or IdentityFile for it in ~/.ssh/config',
  '--ssh-key and BOXHAUL_SFTP_PASSWORD are for the last server alone',
];

interface Offered {
  readonly words: readonly string[];
  readonly passedOver: readonly string[];
  readonly ways: readonly string[];
}

function notAdmitted(who: string, { words, passedOver, ways }: Offered, cause: Error): SourceError {
  return new SourceError(`the server does not admit ${who}`, {
    cause,
    details: [
      words.length > 0 ? `it was offered ${words.join(', ')}` : 'there was nothing to offer',
      ...passedOver,
    ],
    ways,
  });
}
