/**
 * What `~/.ssh/config` says of a host, so that an address that ssh knows leads here where it leads there.
 * @see https://man.openbsd.org/ssh_config.5
 */
import { join } from 'node:path';
import type { SftpAddress } from '../address.ts';
import { SourceError } from '../source-error.ts';
import { hostNameIn, type Said, saidOf } from './config-file.ts';

/** Where a host is, who one is there, and how it is known. */
export interface HostSettings {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  /** Private keys that are named; absent: those that ssh would look for. */
  readonly keyFiles?: readonly string[];
  /** The socket of an agent; absent: nobody is asked. */
  readonly agent?: string;
  /** Files of hosts' keys; a new host is written into the first. */
  readonly knownHosts: readonly string[];
  /** The name that it has in those files; absent: its own. */
  readonly knownAs?: string;
  /** The hosts that lead to it, the one that is met first at the beginning; absent: it is reached directly. */
  readonly through?: readonly HostSettings[];
}

interface Surroundings {
  /** The user's own folder. */
  readonly home: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Who one is on this machine. */
  readonly localUser: string;
}

/**
 * What is in the address beats the file. Of the file are read: Host, Match (but for `exec`), Include, HostName, User,
 * Port, IdentityFile, IdentitiesOnly, IdentityAgent, UserKnownHostsFile, HostKeyAlias, ProxyJump.
 *
 * @throws {SourceError} it cannot be read, or says that the host is reached by a command
 */
export async function hostSettings(
  address: SftpAddress,
  surroundings: Surroundings,
): Promise<HostSettings> {
  return await settingsOf(address, surroundings, []);
}

/** A host as it is named in an address or by `ProxyJump`. */
type Place = Pick<SftpAddress, 'host' | 'port' | 'user'>;

/** @param reachedBy hosts whose way this one is on */
async function settingsOf(
  place: Place,
  surroundings: Surroundings,
  reachedBy: readonly string[],
): Promise<HostSettings> {
  const { said, file } = await readFor(place, surroundings);
  const settings = settingsIn(said, place, surroundings, file);
  const jumps = jumpsIn(said, place, settings, file);
  const names = [...reachedBy, place.host];
  const [first, ...others] = jumps;
  if (!first) return settings;
  if (names.includes(first.host)) throw roundabout([...names, first.host], file);
  const begin = await settingsOf(first, surroundings, names);
  const through = [...(begin.through ?? []), withoutWay(begin)];
  // The list says how the others are reached, whatever the file has for them.
  for (const other of others) {
    const { said } = await readFor(other, surroundings);
    through.push(settingsIn(said, other, surroundings, file));
  }
  return { ...settings, through };
}

async function readFor({ host, user }: Place, { home, localUser }: Surroundings) {
  const file = join(home, '.ssh', 'config');
  const said = await saidOf({ host, localUser, ...(user !== undefined && { user }) }, file);
  return { said, file };
}

function withoutWay({ through: _, ...settings }: HostSettings): HostSettings {
  return settings;
}

function settingsIn(
  said: Said,
  { host, port: typedPort, user: typedUser }: Place,
  { home, env, localUser }: Surroundings,
  file: string,
): HostSettings {
  const user = typedUser ?? said.user?.[0] ?? localUser;
  const port = typedPort ?? portIn(said, host, file);
  const hostName = hostNameIn(said, host);
  const tokens = { d: home, h: hostName, i: '', n: host, p: String(port), r: user, u: localUser };
  const path = (text: string) => pathOf(text, { home, env, tokens });
  const paths = (texts: readonly string[]) => texts.map(path).filter((one) => one !== 'none');
  const agent = agentOf(said, { env, path });
  const knownAs = said.hostkeyalias?.[0];
  return {
    host: hostName,
    port,
    user,
    ...(said.identityfile && { keyFiles: paths(said.identityfile) }),
    ...(agent !== undefined && { agent }),
    knownHosts: said.userknownhostsfile
      ? paths(said.userknownhostsfile)
      : [join(home, '.ssh', 'known_hosts')],
    ...(knownAs !== undefined && { knownAs }),
  };
}

function portIn(said: Said, host: string, file: string): number {
  const text = said.port?.[0] ?? '22';
  const port = Number(text);
  if (Number.isInteger(port) && port >= 1 && port <= 65_535) return port;
  throw new SourceError(`${file} has no port for ${host}: ${text}`, {
    ways: [`mend it there, or name one: sftp://${host}:22/…`],
  });
}

/**
 * The hosts that are met on the way. One that stands in its own list, as by `Host *`, is met after those before it:
 * ssh would go round for ever.
 */
function jumpsIn(said: Said, place: Place, { port, user }: HostSettings, file: string): Place[] {
  refuseCommand(said, place.host, file);
  const text = said.proxyjump?.[0] ?? 'none';
  if (text.toLowerCase() === 'none') return [];
  const tokens: Readonly<Record<string, string>> = {
    '%': '%',
    h: hostNameIn(said, place.host),
    n: place.host,
    p: String(port),
    r: user,
  };
  const list = text.replace(/%(.)/g, (whole, sign) => tokens[sign] ?? whole);
  const jumps = list.split(',').map((one) => jumpIn(one.trim(), place.host, file));
  const self = jumps.findIndex((jump) => jump.host === place.host && (jump.port ?? port) === port);
  return self === -1 ? jumps : jumps.slice(0, self);
}

const JUMP = /^(?:ssh:\/\/)?(?:([^@]+)@)?(\[[0-9a-f:.]+\]|[^:/@[\]]+)(?::(\d+))?\/?$/i;

function jumpIn(text: string, host: string, file: string): Place {
  const [, user, named, digits] = JUMP.exec(text) ?? [];
  const port = digits === undefined ? undefined : Number(digits);
  if (named === undefined || (port !== undefined && (port < 1 || port > 65_535))) {
    throw new SourceError(`${file} has a ProxyJump for ${host} that names no host: ${text}`, {
      ways: ['ProxyJump user@host:port, several with a comma between them, or none'],
    });
  }
  return {
    host: named.replace(/^\[(.*)\]$/, '$1'),
    ...(port !== undefined && { port }),
    ...(user !== undefined && { user }),
  };
}

/** Whoever went there directly would meet nobody, or somebody else. */
function refuseCommand(said: Said, host: string, file: string): void {
  const command = said.proxycommand?.[0];
  if (command === undefined || command.toLowerCase() === 'none') return;
  throw new SourceError(`${host} is reached by a command, and none is run here`, {
    details: [`${file} has ProxyCommand for it: ${command}`],
    ways: [
      `ssh -N -L 2222:localhost:22 ${host}    and then: sftp://localhost:2222/…`,
      `ProxyJump for it, before the others, if the command leads through another SSH server`,
      `ProxyJump none for it, before the others, if it can be reached from here`,
    ],
  });
}

function roundabout(names: readonly string[], file: string): SourceError {
  return new SourceError(`${names[0]} is reached through hosts that lead back to each other`, {
    details: [`${file} has ProxyJump for them: ${names.join(' → ')}`],
    ways: [`ProxyJump none, before the others, for the one that can be reached from here`],
  });
}

function agentOf(
  said: Said,
  { env, path }: { readonly env: Surroundings['env']; path(text: string): string },
): string | undefined {
  if (said.identitiesonly?.[0]?.toLowerCase() === 'yes') return undefined;
  const named = said.identityagent?.[0] ?? 'SSH_AUTH_SOCK';
  if (named.toLowerCase() === 'none') return undefined;
  if (named === 'SSH_AUTH_SOCK') return env.SSH_AUTH_SOCK || undefined;
  return path(named) || undefined;
}

/** `~/keys/%r` → `/home/ann/keys/deploy`. */
function pathOf(
  text: string,
  {
    home,
    env,
    tokens,
  }: Omit<Surroundings, 'localUser'> & { readonly tokens: Readonly<Record<string, string>> },
): string {
  return text
    .replace(/^~(?=\/|$)/, home)
    .replace(/\$\{(\w+)\}|^\$(\w+)$/g, (_, braced, bare) => env[braced ?? bare] ?? '')
    .replace(/%(.)/g, (whole, sign) => (sign === '%' ? '%' : (tokens[sign] ?? whole)));
}
