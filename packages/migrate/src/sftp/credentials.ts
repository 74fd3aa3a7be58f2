/** Who one is on an SSH server: an agent, keys, a password, all from the surroundings, in the order of ssh. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AnyAuthMethod, utils as SshUtils } from 'ssh2';
import { SourceError } from '../source-error.ts';
import type { HostSettings } from './ssh-config.ts';

export interface CredentialOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The user's own folder. */
  readonly home: string;
  /** A private key that is to be used, rather than those that ssh would take. */
  readonly keyFile?: string;
}

/** What ssh looks for, too. */
const USUAL_KEYS = ['id_ed25519', 'id_ecdsa', 'id_rsa'];

/** What `~/.ssh/config` says of it. */
type Named = Pick<HostSettings, 'user' | 'keyFiles' | 'agent'>;

/**
 * @returns what is to be tried, and in words what that is, and what was passed over
 * @throws {SourceError} the key that was named cannot be read or opened
 */
export async function credentialsFor(
  { user: username, keyFiles, agent }: Named,
  { env, home, keyFile = env.BOXHAUL_SFTP_KEY }: CredentialOptions,
  utils: typeof SshUtils,
): Promise<{ methods: AnyAuthMethod[]; words: string[]; passedOver: string[] }> {
  const methods: AnyAuthMethod[] = [];
  const words: string[] = [];
  const passedOver: string[] = [];
  const passphrase = env.BOXHAUL_SFTP_PASSPHRASE;
  const password = env.BOXHAUL_SFTP_PASSWORD;
  if (keyFile) {
    const key = await namedKey(keyFile, passphrase, utils);
    methods.push({ type: 'publickey', username, key });
    words.push(`the key ${keyFile}`);
  }
  if (agent && !keyFile) {
    methods.push({ type: 'agent', username, agent });
    words.push(
      agent === env.SSH_AUTH_SOCK ? 'the agent at SSH_AUTH_SOCK' : `the agent at ${agent}`,
    );
  }
  const usual = USUAL_KEYS.map((name) => join(home, '.ssh', name));
  for (const path of keyFile ? [] : (keyFiles ?? usual)) {
    // As ssh does, one that is not there or needs a passphrase is passed over; of the usual ones nobody spoke.
    const key = await namedKey(path, passphrase, utils).catch((error: unknown) => {
      if (!(error instanceof SourceError)) throw error;
      if (keyFiles) passedOver.push(error.message);
    });
    if (!key) continue;
    methods.push({ type: 'publickey', username, key });
    words.push(`the key ${path}`);
  }
  if (password) {
    methods.push({ type: 'password', username, password });
    methods.push({ type: 'keyboard-interactive', username, prompt: answerWith(password) });
    words.push('the password in BOXHAUL_SFTP_PASSWORD');
  }
  return { methods, words, passedOver };
}

/** Some servers ask for a password only so. Whatever else they ask, nobody is there to answer. */
function answerWith(password: string) {
  return (
    _name: string,
    _words: string,
    _language: string,
    prompts: { echo?: boolean }[],
    finish: (answers: string[]) => void,
  ) => finish(prompts.length === 1 && !prompts[0]?.echo ? [password] : []);
}

async function namedKey(path: string, passphrase: string | undefined, utils: typeof SshUtils) {
  const text = await readFile(path).catch((cause: unknown) => {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new SourceError(`the SSH key ${path} cannot be read`, {
      details: [why],
      ways: ['--ssh-key <file>, or BOXHAUL_SFTP_KEY, names a private key'],
      cause,
    });
  });
  const key = utils.parseKey(text, passphrase);
  if (!(key instanceof Error)) return key;
  throw new SourceError(`the SSH key ${path} cannot be opened: ${key.message}`, {
    ways: passphrase
      ? ['check BOXHAUL_SFTP_PASSPHRASE']
      : ['export BOXHAUL_SFTP_PASSPHRASE=…    or add it to an agent: ssh-add'],
  });
}
