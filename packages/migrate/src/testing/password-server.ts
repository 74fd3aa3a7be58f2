/** An SSH server that takes one password, and has nothing in it but one folder. */
import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import ssh2 from 'ssh2';

export interface PasswordServer extends AsyncDisposable {
  readonly port: number;
  /** What it was asked since somebody was let in. */
  readonly asked: readonly Request[];
}

/** What it can be asked. */
type Request = 'channel' | 'REALPATH' | 'LSTAT' | 'OPENDIR' | 'READDIR' | 'CLOSE';

/**
 * @param way how it asks for the password
 * @param isSilent whether it gives no answer
 */
export async function startPasswordServer(
  password: string,
  way: 'password' | 'keyboard-interactive',
  isSilent: (request: Request) => boolean = () => false,
): Promise<PasswordServer> {
  const { privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
    publicKeyEncoding: { type: 'pkcs1', format: 'pem' },
  });
  const clients = new Set<ssh2.Connection>();
  const asked: Request[] = [];
  const isAnswered = (request: Request) => {
    asked.push(request);
    return !isSilent(request);
  };
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
        if (!isAnswered('channel')) return;
        const sftp = acceptSftp();
        let isListed = false;
        sftp.on('REALPATH', (id) => isAnswered('REALPATH') && sftp.name(id, [named('/')]));
        sftp.on('LSTAT', (id) => isAnswered('LSTAT') && sftp.attrs(id, EMPTY_FOLDER));
        sftp.on('OPENDIR', (id) => {
          isListed = false;
          if (isAnswered('OPENDIR')) sftp.handle(id, Buffer.from('folder'));
        });
        sftp.on('READDIR', (id) => {
          if (!isAnswered('READDIR')) return;
          if (isListed) sftp.status(id, END_OF_FILE);
          else sftp.name(id, [named('.'), named('folder')]);
          isListed = true;
        });
        sftp.on('CLOSE', (id) => isAnswered('CLOSE') && sftp.status(id, OK));
      });
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    asked,
    async [Symbol.asyncDispose]() {
      for (const client of clients) client.end();
      server.close();
      await once(server, 'close');
    },
  };
}

const EMPTY_FOLDER = { mode: 0o040755, uid: 0, gid: 0, size: 0, atime: 0, mtime: 0 };

const { OK, EOF: END_OF_FILE } = ssh2.utils.sftp.STATUS_CODE;

function named(filename: string) {
  return { filename, longname: filename, attrs: EMPTY_FOLDER };
}
