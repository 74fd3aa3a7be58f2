import { BoxApiError, BoxAuthError } from '../errors.ts';

/** What to do about OAuth's errors, by what Box says. The first that fits is taken. */
const WAYS_OUT: readonly (readonly [pattern: RegExp, wayOut: string])[] = [
  [
    /not authorized by the enterprise/i,
    'an admin of the enterprise must authorise the app: Admin Console > Integrations > Platform Apps Manager',
  ],
  [
    /grant type is unauthorized|box_subject_type/i,
    'the app was made for another way to authenticate: see its Configuration page in the developer console',
  ],
  [/invalid_client|client credentials/i, 'the client id or the client secret is wrong'],
  [/'sub'/, 'the enterprise id or user id is not one that this app may act for'],
  [
    /grant credentials are invalid/i,
    'the app may not act for this enterprise or user: is it authorised, and is the id right?',
  ],
  [/'(exp|jti)'|expiration date/i, 'set this machine’s clock (timedatectl set-ntp true)'],
  [/'?kid'?|signature|public key|'iss'/i, 'the key in the config does not belong to the app'],
];

/**
 * Box's refusal of a token, with what it means. What is no refusal (a broken connection, a 5xx, an abort) is
 * given back as it is: it may go by itself.
 * @param doing such as 'the JWT'
 * @param wayOut what to do; by default taken from Box's words
 */
export function authErrorOf(error: unknown, doing: string, wayOut?: string): unknown {
  if (!(error instanceof BoxApiError) || error.status >= 500 || error.status === 429) return error;
  const said = error.boxMessage ?? error.boxCode ?? `status ${error.status}`;
  const hint = wayOut ?? wayOutOf(`${error.boxCode} ${error.boxMessage}`);
  return new BoxAuthError(`Box refused ${doing}: "${said}"${hint && `; ${hint}`}`, {
    code: error.boxCode ?? 'auth',
    cause: error,
    boxError: error.boxCode,
    boxDescription: error.boxMessage,
  });
}

function wayOutOf(said: string): string {
  return WAYS_OUT.find(([pattern]) => pattern.test(said))?.[1] ?? '';
}
