/**
 * What `~/.ssh/config` says of a host, so that an address that ssh knows leads here where it leads there.
 * @see https://man.openbsd.org/ssh_config.5
 */
import { glob, readFile } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import SSHConfig from 'ssh-config';
import type { SftpAddress } from '../address.ts';
import { SourceError } from '../source-error.ts';

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
}

interface Surroundings {
  /** The user's own folder. */
  readonly home: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Who one is on this machine. */
  readonly localUser: string;
}

/**
 * What is in the address beats the file. Of the file are read: Host, Match (but for `exec`), Include outside of them,
 * HostName, User, Port, IdentityFile, IdentitiesOnly, IdentityAgent, UserKnownHostsFile.
 *
 * @throws {SourceError} it cannot be read, or says that the host is reached through another
 */
export async function hostSettings(
  address: SftpAddress,
  { home, env, localUser }: Surroundings,
): Promise<HostSettings> {
  const file = join(home, '.ssh', 'config');
  const said = await saidOf(address, file);
  const { host, port: typedPort, user: typedUser } = address;
  refuseProxies(host, said, file);
  const user = typedUser ?? first(said.user) ?? localUser;
  const port = typedPort ?? portIn(said, host, file);
  const named = first(said.hostname) ?? host;
  const hostName = named.replace(/%([h%])/g, (_, sign) => (sign === 'h' ? host : '%'));
  const tokens = { d: home, h: hostName, i: '', n: host, p: String(port), r: user, u: localUser };
  const paths = (value: Value) => all(value).map((text) => pathOf(text, { home, env, tokens }));
  const keyFiles = paths(said.identityfile).filter((path) => path !== 'none');
  const agent = agentOf(said, { env, path: (text) => pathOf(text, { home, env, tokens }) });
  return {
    host: hostName,
    port,
    user,
    ...(said.identityfile !== undefined && { keyFiles }),
    ...(agent !== undefined && { agent }),
    knownHosts: said.userknownhostsfile
      ? paths(said.userknownhostsfile).filter((path) => path !== 'none')
      : [join(home, '.ssh', 'known_hosts')],
  };
}

type Value = string | readonly string[] | undefined;
type Said = Readonly<Record<string, Value>>;

async function saidOf({ host, user }: SftpAddress, file: string): Promise<Said> {
  const config = await configIn(file, join(file, '..'), 0);
  const asked = { Host: host, ...(user !== undefined && { User: user }) };
  // A command of `Match exec` is not run: nobody asked for that here.
  return config.compute(asked, { ignoreCase: true, matchExec: false });
}

/** As ssh has it, lest two files include each other. */
const DEEPEST = 16;

/** What is included stands where it is included. */
async function configIn(file: string, folder: string, depth: number): Promise<SSHConfig> {
  const config = parsed(await textOf(file), file);
  const lines: SSHConfig[number][] = [];
  for (const line of config) {
    const isInclude = 'param' in line && line.param.toLowerCase() === 'include';
    if (!isInclude || depth === DEEPEST) lines.push(line);
    else {
      for (const word of wordsOf(line.value)) {
        const pattern = word.replace(/^~(?=\/)/, join(folder, '..'));
        const at = isAbsolute(pattern) ? pattern : join(folder, pattern);
        for (const one of (await Array.fromAsync(glob(at))).sort()) {
          lines.push(...(await configIn(one, folder, depth + 1)));
        }
      }
    }
  }
  config.splice(0, config.length, ...lines);
  return config;
}

function wordsOf(value: string | readonly { readonly val: string }[]): string[] {
  return typeof value === 'string' ? [value] : value.map(({ val }) => val);
}

function parsed(text: string, file: string): SSHConfig {
  try {
    return SSHConfig.parse(text);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new SourceError(`${file} cannot be understood: ${why}`, { cause });
  }
}

async function textOf(file: string): Promise<string> {
  return await readFile(file, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT' || cause.code === 'ENOTDIR') return '';
    throw new SourceError(`${file} cannot be read: ${cause.message}`, { cause });
  });
}

function portIn(said: Said, host: string, file: string): number {
  const text = first(said.port) ?? '22';
  const port = Number(text);
  if (Number.isInteger(port) && port >= 1 && port <= 65_535) return port;
  throw new SourceError(`${file} has no port for ${host}: ${text}`, {
    ways: [`mend it there, or name one: sftp://${host}:22/…`],
  });
}

/** Whoever went there directly would meet nobody, or somebody else. */
function refuseProxies(host: string, said: Said, file: string): void {
  const proxy = first(said.proxyjump) ?? first(said.proxycommand);
  if (proxy === undefined || proxy.toLowerCase() === 'none') return;
  throw new SourceError(`${host} is reached through another host, which is not done here`, {
    details: [`${file} has ProxyJump or ProxyCommand for it: ${proxy}`],
    ways: [
      `ssh -N -L 2222:localhost:22 ${host}    and then: sftp://localhost:2222/…`,
      `ProxyJump none for it, before the others, if it can be reached from here`,
    ],
  });
}

function agentOf(
  said: Said,
  { env, path }: { readonly env: Surroundings['env']; path(text: string): string },
): string | undefined {
  if (first(said.identitiesonly)?.toLowerCase() === 'yes') return undefined;
  const named = first(said.identityagent) ?? 'SSH_AUTH_SOCK';
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

function first(value: Value): string | undefined {
  return all(value)[0];
}

function all(value: Value): readonly string[] {
  if (value === undefined) return [];
  return typeof value === 'string' ? [value] : value;
}
