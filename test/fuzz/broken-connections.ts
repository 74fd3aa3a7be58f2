/** Connections that break the rules of HTTP, or just break. */

import { once } from 'node:events';
import { connect } from 'node:net';
import { Finding } from './exchange.ts';
import type { World } from './world.ts';

const HANG_MS = 10_000;

const token = (world: World) => `authorization: Bearer ${world.people[0].token}\r\n`;

/** Each gives the bytes to send; those of `cut` end without waiting for an answer. */
const BREAKS: readonly { cut: boolean; bytes: (world: World) => string }[] = [
  { cut: false, bytes: () => 'nonsense\r\n\r\n' },
  { cut: false, bytes: () => `GET /2.0/${'x'.repeat(100_000)} HTTP/1.1\r\nhost: a\r\n\r\n` },
  {
    cut: false,
    bytes: () => `GET /2.0/users/me HTTP/1.1\r\nhost: a\r\nx: ${'y'.repeat(100_000)}\r\n\r\n`,
  },
  {
    cut: false,
    bytes: (world) =>
      `GET /2.0/users/me HTTP/1.1\r\nhost: a\r\n${token(world)}${'x: y\r\n'.repeat(3000)}\r\n`,
  },
  { cut: false, bytes: () => 'GET /2.0/users/me HTTP/1.1\r\n\r\n' },
  { cut: false, bytes: () => 'GET /2.0/%ff%fe HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n' },
  { cut: false, bytes: () => 'GET http://[ HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n' },
  {
    cut: false,
    bytes: () => 'GET //2.0//users/me?%%%=& HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n',
  },
  { cut: false, bytes: () => 'OPTIONS * HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n' },
  { cut: false, bytes: () => 'CONNECT example.com:443 HTTP/1.1\r\nhost: example.com:443\r\n\r\n' },
  {
    cut: false,
    bytes: (world) =>
      `POST /2.0/folders HTTP/1.1\r\nhost: a\r\n${token(world)}connection: close\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n`,
  },
  {
    cut: false,
    bytes: (world) =>
      `POST /2.0/folders HTTP/1.1\r\nhost: a\r\n${token(world)}content-length: 5\r\ncontent-length: 6\r\n\r\n{}`,
  },
  {
    cut: true,
    bytes: (world) =>
      `POST /2.0/folders HTTP/1.1\r\nhost: a\r\n${token(world)}content-type: application/json\r\ncontent-length: 5000\r\n\r\n{"name":`,
  },
  {
    cut: true,
    bytes: (world) =>
      `POST /2.0/files/content HTTP/1.1\r\nhost: a\r\n${token(world)}content-type: multipart/form-data; boundary=x\r\ncontent-length: 90000\r\n\r\n--x\r\nContent-Disposition: form-data; name="attributes"\r\n\r\n{"name":"cut","parent":{"id":"0"}}\r\n--x\r\nContent-Disposition: form-data; name="file"; filename="f"\r\n\r\n${'z'.repeat(40_000)}`,
  },
  {
    cut: true,
    bytes: (world) =>
      `PUT /2.0/files/upload_sessions/ABC HTTP/1.1\r\nhost: a\r\n${token(world)}content-length: 8388608\r\ncontent-range: bytes 0-8388607/20000000\r\n\r\n${'z'.repeat(10_000)}`,
  },
  {
    cut: true,
    bytes: (world) =>
      `GET /2.0/folders/0/items?limit=1000 HTTP/1.1\r\nhost: a\r\n${token(world)}\r\n`.repeat(20),
  },
  { cut: true, bytes: () => '' },
];

/** Breaks one connection after the other; the emulator must answer or close each, and live. */
export async function sendBroken(world: World, picks: readonly number[]): Promise<void> {
  for (const pick of picks) {
    const index = pick % BREAKS.length;
    const how = BREAKS[index];
    if (how === undefined) continue;
    const line = `broken connection ${index}: ${how.bytes(world).slice(0, 80)}`;
    world.told.push(line.replaceAll(/\r\n/g, ' | ').replace(world.people[0].token, '…'));
    const answer = await sendRaw(
      Number(new URL(world.emulator.url).port),
      how.bytes(world),
      how.cut,
    );
    if (/^HTTP\/1\.1 5/.test(answer)) throw new Finding(`${line}: ${answer.slice(0, 200)}`);
  }
}

async function sendRaw(port: number, bytes: string, isCut: boolean): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  let answer = '';
  socket.on('data', (chunk) => {
    answer += chunk.toString();
  });
  // A reset is a way to refuse, too.
  const ended = new Promise<void>((resolve) =>
    socket.on('close', () => resolve()).on('error', () => resolve()),
  );
  await once(socket, 'connect');
  if (isCut) {
    await new Promise<void>((resolve) => socket.write(bytes, () => resolve()));
    socket.destroy();
  } else {
    socket.end(bytes);
  }
  const hang = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => hang.reject(new Finding('a broken connection stays open')),
    HANG_MS,
  );
  try {
    await Promise.race([ended, hang.promise]);
  } finally {
    clearTimeout(timer);
    socket.destroy();
  }
  return answer;
}
