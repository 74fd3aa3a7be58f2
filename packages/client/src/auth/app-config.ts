import { readFile } from 'node:fs/promises';
import * as z from 'zod';
import { InputError } from '../errors.ts';

const text = z.string().trim().min(1, 'is empty');
/** Ids are digits; some people write them without quotation marks. */
const id = z.union([text, z.number().int().nonnegative().transform(String)], 'is not a text');

const appAuthSchema = z.object({
  publicKeyID: text,
  privateKey: z.string().refine((key) => key.includes('-----BEGIN'), 'is not a PEM private key'),
  passphrase: z.string().optional(),
});

const appConfigSchema = z.object({
  boxAppSettings: z.object({
    clientID: text,
    clientSecret: text,
    appAuth: appAuthSchema.optional(),
  }),
  enterpriseID: id.optional(),
  userID: id.optional(),
});

/**
 * Box's app config, as its developer console gives it for download. With `appAuth` it is for a JWT, without
 * for client credentials.
 * @see https://developer.box.com/guides/authentication/jwt/jwt-setup/
 */
export interface AppConfig {
  readonly boxAppSettings: {
    readonly clientID: string;
    readonly clientSecret: string;
    readonly appAuth?:
      | {
          /** The key's id at Box: the JWT's `kid`. */
          readonly publicKeyID: string;
          /** PEM; PKCS#8 or PKCS#1, encrypted or not. */
          readonly privateKey: string;
          readonly passphrase?: string | undefined;
        }
      | undefined;
  };
  readonly enterpriseID?: string | undefined;
  /** Act as this user, not as the service account. */
  readonly userID?: string | undefined;
}

/**
 * Checks what was read from JSON.
 * @param name how to call it in an error, such as the file's path
 * @throws {InputError} `app_config`: names the key that is wrong, never its value
 * @example
 * ```ts
 * import { appAuth, parseAppConfig } from '@boxhaul/client';
 *
 * const text = JSON.stringify(await box.appConfig()); // in real life from a secret store
 * const auth = appAuth(parseAppConfig(JSON.parse(text)));
 * console.log(typeof auth);
 * ```
 */
export function parseAppConfig(value: unknown, name = 'the app config'): AppConfig {
  const parsed = appConfigSchema.safeParse(value);
  if (!parsed.success) {
    const faults = parsed.error.issues.map(({ path, message, code }) => {
      const isMissing = code === 'invalid_type' && valueAt(value, path) === undefined;
      return `${path.join('.') || 'it'} ${isMissing ? 'is missing' : words(message)}`;
    });
    throw wrongConfig(name, faults.join('; '));
  }
  if (parsed.data.enterpriseID === undefined && parsed.data.userID === undefined) {
    throw wrongConfig(name, 'enterpriseID is missing');
  }
  return parsed.data;
}

/**
 * Reads an app config from a file.
 * @throws {InputError} `app_config`: it cannot be read, or is not Box's
 * @example
 * ```ts
 * import { appAuth, BoxClient, readAppConfig } from '@boxhaul/client';
 *
 * const config = await readAppConfig('config.json'); // mode 0600, as it holds a private key
 * const app = new BoxClient({ auth: appAuth(config), baseUrl: box.url });
 * console.log((await app.users.me()).name);
 * await app.close();
 * ```
 */
export async function readAppConfig(path: string): Promise<AppConfig> {
  const json = await readConfigFile(path);
  return parseAppConfig(parseJson(json, path), path);
}

async function readConfigFile(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    const why = code === 'ENOENT' ? 'there is no such file' : `it cannot be read (${code})`;
    throw new InputError(`${path}: ${why}`, { code: 'app_config', cause: error });
  }
}

function parseJson(json: string, path: string): unknown {
  try {
    // Windows' editors put a byte order mark before the text.
    return JSON.parse(json.replace(/^\uFEFF/, ''));
  } catch {
    // The parser's own words quote the text around the fault, which may be the key or the secret.
    throw wrongConfig(path, 'it is not JSON');
  }
}

function wrongConfig(name: string, fault: string): InputError {
  return new InputError(
    `${name} is not an app config of Box: ${fault}. Download it again from the developer console: ` +
      'your app > Configuration > App Settings > Download as JSON',
    { code: 'app_config' },
  );
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  let found = value;
  for (const key of path) {
    if (typeof found !== 'object' || found === null) return undefined;
    found = Reflect.get(found, key);
  }
  return found;
}

/** Zod says "Invalid input: expected string, received number"; none of its words hold a value. */
function words(message: string): string {
  return message.replace(/^Invalid input: /, 'is wrong: ');
}
