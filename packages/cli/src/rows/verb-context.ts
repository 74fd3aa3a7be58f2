/** What the rows of one run share. */
import type { BoxClient, BoxItem } from '@boxhaul/client';
import { CliError } from '../cli-error.ts';
import type { CommandContext } from '../context.ts';
import { openPlaces, type Places } from '../places/box-places.ts';
import { listingsOf } from '../places/listings.ts';
import type { Prompt } from '../prompt.ts';
import type { VerbContext } from './verb.ts';

/** What rows look at to know whether there is anything to do. */
const FIELDS = ['parent', 'etag', 'size', 'sha1', 'created_at'];

export function verbContext(
  client: BoxClient,
  { env, cwd }: Pick<CommandContext, 'env' | 'cwd'>,
  { signal, prompt }: { readonly signal: AbortSignal; readonly prompt: Prompt },
): VerbContext {
  const opened = new Map<BoxItem['type'] | undefined, Places>();
  const places = (expect?: BoxItem['type']) => {
    const known = opened.get(expect);
    const options = { signal, fields: FIELDS, ...(expect && { expect }) };
    const found = known ?? openPlaces(client, options);
    opened.set(expect, found);
    return found;
  };
  const once = onceEach();
  const listings = listingsOf(client, { signal, fields: FIELDS });
  return {
    client,
    signal,
    cwd,
    item: (word) => places().one(word),
    file: (word) => places('file').one(word),
    folder: (word) => places('folder').one(word),
    children: (folderId) => listings.of(folderId),
    me: () => once('me', () => client.users.me({ signal })),
    once,
    secret: (source) => once(`secret ${source}`, () => secretFrom(source, env, prompt)),
    assertSecret(source) {
      if (source !== undefined && source !== '-') inEnvironment(source, env);
    },
  };
}

/** The answer of the first who asks is that of all. */
function onceEach(): VerbContext['once'] {
  const known = new Map<string, Promise<unknown>>();
  return <T>(key: string, find: () => Promise<T>) => {
    const found = known.get(key) ?? find();
    known.set(key, found);
    return found as Promise<T>;
  };
}

async function secretFrom(
  source: string,
  env: CommandContext['env'],
  prompt: Prompt,
): Promise<string> {
  if (source !== '-') return inEnvironment(source, env);
  const answer = await prompt.ask('password: ', { hidden: true });
  if (answer) return answer;
  throw new CliError('no password was given');
}

function inEnvironment(name: string, env: CommandContext['env']): string {
  const value = env[name];
  if (value) return value;
  throw new CliError(`the environment variable ${name} has no password in it`, {
    ways: [`export ${name}=…`, '--password-env -    asks for it'],
  });
}
