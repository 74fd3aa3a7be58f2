import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer as createHttpServer, type Server } from 'node:http';
import { createServer as createHttpsServer, type Server as HttpsServer } from 'node:https';
import { type AddressInfo, isIP, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { isBoxHost } from '../addresses.ts';
import { BoxResponse } from '../http/response.ts';
import type { ResolvedEmulatorOptions } from '../options.ts';
import type { RequestListener } from '../server.ts';
import { SlowLink } from '../weather/slow-link.ts';

/** How to reach the emulator by HTTPS. */
export interface EmulatorTls {
  /** An HTTP proxy that leads Box's own host names to the emulator, and nothing else anywhere. */
  proxyUrl: string;
  /** A PEM file with the authority that signed the emulator's certificate; it is gone after `close()`. */
  caCertificatePath: string;
  /** What that file holds. */
  caCertificate: string;
  /** The emulator itself by HTTPS, for clients that let their hosts be set. */
  apiUrl: string;
}

/** The HTTPS front at work. */
export interface Tls {
  described: EmulatorTls;
  close(): Promise<void>;
}

/** Names under which clients know Box; isBoxHost() in addresses.ts takes the same ones. */
const BOX_NAMES = ['box.com', '*.box.com', '*.app.box.com', 'boxcloud.com', '*.boxcloud.com'];

/** Starts the HTTPS front and the proxy, each on a port of its own. */
export async function openTls(parts: {
  listener: RequestListener;
  options: ResolvedEmulatorOptions;
}): Promise<Tls> {
  const { host, bandwidthBytesPerSecond } = parts.options;
  const own = ['localhost', '127.0.0.1', '::1', ...(isIP(host) === 0 ? [] : [host])];
  // Loaded only here: most emulators never need a certificate.
  const { makeCertificates } = await import('./certificate.ts');
  const { authority, server } = await makeCertificates([...BOX_NAMES, ...new Set(own)]);
  const directory = await mkdtemp(join(tmpdir(), 'boxhaul-emulator-tls-'));
  const caCertificatePath = join(directory, 'ca.pem');
  await writeFile(caCertificatePath, authority.certificate);
  const front = createHttpsServer(
    {
      key: server.privateKey,
      cert: server.certificate,
      ALPNProtocols: ['http/1.1'],
      keepAliveTimeout: 90_000,
      requestTimeout: 0,
      ServerResponse: BoxResponse,
    },
    parts.listener,
  );
  const tunnels = new Set<Duplex>();
  const proxy = tunnelProxy(front, tunnels, bandwidthBytesPerSecond);
  await Promise.all([listening(front, host), listening(proxy, host)]);
  return {
    described: {
      proxyUrl: `http://${addressOf(proxy)}`,
      caCertificatePath,
      caCertificate: authority.certificate,
      apiUrl: `https://${addressOf(front)}`,
    },
    async close() {
      for (const tunnel of tunnels) tunnel.destroy();
      await Promise.all([closed(front), closed(proxy)]);
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/**
 * A proxy that takes `CONNECT` for Box's hosts and speaks TLS at the other end itself. It refuses all else in words:
 * nothing that a test sends may leave the machine by mistake.
 */
function tunnelProxy(
  front: HttpsServer,
  tunnels: Set<Duplex>,
  bytesPerSecond: number | undefined,
): Server {
  const refusal = (what: string) =>
    `The emulator's proxy leads to Box's hosts by HTTPS only, not to ${what}\n`;
  const proxy = createHttpServer((request, response) => {
    response.writeHead(403, { 'content-type': 'text/plain' }).end(refusal(request.url ?? 'there'));
  });
  proxy.on('connect', (request, socket: Socket, head: Buffer) => {
    const host = request.url ?? '';
    socket.on('error', () => socket.destroy());
    if (!isBoxHost(host) || !host.endsWith(':443')) {
      const body = refusal(host);
      socket.end(
        `HTTP/1.1 403 Forbidden\r\nContent-Type: text/plain\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`,
      );
      return;
    }
    tunnels.add(socket);
    socket.once('close', () => tunnels.delete(socket));
    socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
    if (head.length > 0) socket.unshift(head);
    front.emit(
      'connection',
      bytesPerSecond === undefined ? socket : new SlowLink(socket, bytesPerSecond),
    );
  });
  return proxy;
}

function listening(server: Server | HttpsServer, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function addressOf(server: Server | HttpsServer): string {
  const { address, family, port } = server.address() as AddressInfo;
  return family === 'IPv6' ? `[${address}]:${port}` : `${address}:${port}`;
}

function closed(server: Server | HttpsServer): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
