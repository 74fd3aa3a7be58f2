import { CliError } from '../cli-error.ts';
import type { CommandContext } from '../context.ts';

/**
 * The one address that every call goes to, from --base-url or BOX_BASE_URL; undefined for Box itself.
 *
 * A `.env` file comes with whatever folder one stands in. It may point at a Box on this machine, but not
 * send tokens that came from elsewhere to a stranger's address.
 *
 * @throws CliError when it is no web address, or a remote one from a `.env` file.
 */
export function baseUrlOf({ options, env, envFile }: CommandContext): string | undefined {
  if (options.baseUrl !== undefined) return options.baseUrl;
  const given = env.BOX_BASE_URL;
  if (!given) return undefined;
  const url = URL.parse(given);
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw new CliError(`BOX_BASE_URL is not a web address: "${given}"`, {
      ways: ['export BOX_BASE_URL=http://127.0.0.1:4010'],
    });
  }
  if (envFile?.names.has('BOX_BASE_URL') && !isThisMachine(url.hostname)) {
    throw new CliError(`the .env file here would send your credentials to ${url.host}`, {
      ways: [`if you trust it: boxhaul … --base-url ${url.origin}`],
    });
  }
  return given.replace(/\/+$/, '');
}

function isThisMachine(hostname: string): boolean {
  return /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/i.test(hostname);
}
