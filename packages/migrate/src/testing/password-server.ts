/** An SSH server that takes one password, and has nothing in it. */
import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import ssh2 from 'ssh2';

export interface PasswordServer extends AsyncDisposable {
  readonly port: number;
}

/** @param way how it asks for the password */
export async function startPasswordServer(
  password: string,
  way: 'password' | 'keyboard-interactive',
): Promise<PasswordServer> {
  const { privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
    publicKeyEncoding: { type: 'pkcs1', format: 'pem' },
  });
  const clients = new Set<ssh2.Connection>();
  const server = new ssh2.Server({ hostKeys: [privateKey] }, (client) => {
    clients.add(client);
    client.on('error', () => undefined);
    client.on('authentication', (asking) => {
      if (asking.method !== way) return asking.reject([way]);
      if (asking.method === 'password') {
        return asking.password === password ? asking.accept() : asking.reject([way]);
      }
      asking.prompt([{ prompt: 'Password:', echo: false }], (answers) =>
        answers[0] === password ? asking.accept() : asking.reject([way]),
      );
    });
    client.on('session', (accept) => {
      accept().on('sftp', (acceptSftp) => {
        const sftp = acceptSftp();
        sftp.on('REALPATH', (id) =>
          sftp.name(id, [{ filename: '/', longname: '/', attrs: EMPTY_FOLDER }]),
        );
        sftp.on('LSTAT', (id) => sftp.attrs(id, EMPTY_FOLDER));
      });
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    async [Symbol.asyncDispose]() {
      for (const client of clients) client.end();
      server.close();
      await once(server, 'close');
    },
  };
}

const EMPTY_FOLDER = { mode: 0o040755, uid: 0, gid: 0, size: 0, atime: 0, mtime: 0 };
