/** An address → what is there. What speaks to a kind of server is loaded only when one of that kind is named. */
import { homedir } from 'node:os';
import { diskOrigin } from '@boxhaul/transfer';
import type { SourceAddress } from './address.ts';
import type { DetailsSource } from './details.ts';
import type { OpenOrigin } from './far-origin.ts';

/** What reaching a source takes besides its address. All of it may be left out. */
export interface OriginOptions {
  /** Where passwords and keys are found: `BOXHAUL_SFTP_…`, `BOXHAUL_DAV_…`, `AWS_…`, `SSH_AUTH_SOCK`. @default none */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** The folder of `.ssh`. @default the user's own */
  readonly home?: string;
  /** A private key for SFTP, instead of the agent's and the usual ones. */
  readonly sshKeyFile?: string;
  /** An SSH server that was never met is believed, and remembered. @default false */
  readonly acceptNewHostKey?: boolean;
  /** The server of the bucket, if it is not Amazon's. */
  readonly s3Endpoint?: string;
  /** Whether the bucket is a part of the path, and not of the host's name. @default true with an endpoint */
  readonly s3PathStyle?: boolean;
  readonly s3Region?: string;
}

/**
 * Opens what an address names, to be uploaded. The caller closes it.
 *
 * @returns an origin; `details` where it has more to say of its files than what is in them
 * @throws {SourceError} it is not there, does not let this machine in, or is a list with wrong lines
 * @example
 * ```ts
 * import { openOrigin, readAddress } from '@boxhaul/migrate';
 * import { upload } from '@boxhaul/transfer';
 *
 * const signal = AbortSignal.timeout(60_000);
 * const origin = await openOrigin(readAddress('./'), { env: process.env }, signal);
 * await upload({ client, sources: origin, folderId, mode: 'update', signal });
 * await origin.close();
 * ```
 */
export async function openOrigin(
  address: SourceAddress,
  options: OriginOptions,
  signal: AbortSignal,
): Promise<OpenOrigin & { readonly details?: DetailsSource }> {
  const { env = {}, home = homedir(), sshKeyFile, acceptNewHostKey } = options;
  switch (address.kind) {
    case 'disk':
      return { ...diskOrigin([address.path]), close: async () => undefined };
    case 'manifest': {
      const { openManifest } = await import('./manifest/manifest-origin.ts');
      return openManifest({ ...address, env }, signal);
    }
    case 'sftp': {
      const { openSftpOrigin } = await import('./sftp/sftp-origin.ts');
      const key = sshKeyFile !== undefined && { keyFile: sshKeyFile };
      return openSftpOrigin(
        address,
        { env, home, ...key, acceptNewHostKey: acceptNewHostKey === true },
        signal,
      );
    }
    case 's3': {
      const { openS3Origin } = await import('./s3/s3-origin.ts');
      const { s3Endpoint: endpoint, s3PathStyle: pathStyle, s3Region: region } = options;
      const where = {
        ...(endpoint !== undefined && { endpoint }),
        ...(pathStyle !== undefined && { pathStyle }),
        ...(region !== undefined && { region }),
      };
      return openS3Origin(address, { env, ...where }, signal);
    }
    case 'webdav': {
      const { openWebDavOrigin } = await import('./webdav/webdav-origin.ts');
      return openWebDavOrigin(address, { env }, signal);
    }
  }
}
