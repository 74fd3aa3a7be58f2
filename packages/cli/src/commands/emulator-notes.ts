import type { Style } from '../output/style.ts';
import type { RunningEmulator } from './emulator.ts';

/** What people read when the emulator listens: where it is, and a line to copy for each way to use it. */
export function emulatorNotes(running: RunningEmulator, style: Style): string[] {
  const { url, token } = running.emulator;
  return [
    `${style.green('●')} Box is at ${style.bold(url)}   ${style.dim(contentsNote(running))}`,
    `  access token  ${token}   ${style.dim('the admin, never expires')}`,
    ...appNote(running, style),
    '',
    ...way(style, 'boxhaul', `BOX_BASE_URL=${url} BOX_DEVELOPER_TOKEN=${token} boxhaul ls /`),
    ...way(style, 'curl', `curl -H 'Authorization: Bearer ${token}' ${url}/2.0/folders/0/items`),
    ...way(
      style,
      "Box's SDKs",
      `client.withCustomBaseUrls({ baseUrl: '${url}', uploadUrl: '${url}/api', oauth2Url: '${url}/api/oauth2' })`,
    ),
    ...appWays(running, style),
    ...tlsWays(running, style),
    '',
    style.dim('Ctrl-C ends it.'),
  ];
}

function contentsNote({ dataDir }: RunningEmulator): string {
  return dataDir === undefined
    ? 'in memory: gone when it ends (--data DIR keeps it)'
    : `data in ${dataDir}`;
}

function appNote({ appConfigPath }: RunningEmulator, style: Style): string[] {
  if (appConfigPath === undefined) return [];
  return [`  app config    ${appConfigPath}   ${style.dim('JWT and client credentials')}`];
}

function appWays({ emulator, appConfigPath }: RunningEmulator, style: Style): string[] {
  if (appConfigPath === undefined) return [];
  return [
    ...way(
      style,
      'JWT app',
      `boxhaul whoami --base-url ${emulator.url} -c ${quoted(appConfigPath)}`,
    ),
    ...way(
      style,
      'OAuth 2 login',
      `boxhaul login --base-url ${emulator.url} -c ${quoted(appConfigPath)}`,
    ),
  ];
}

/** Clients whose hosts cannot be set reach the emulator under Box's own names, through its proxy. */
function tlsWays({ emulator }: RunningEmulator, style: Style): string[] {
  const { tls, token } = emulator;
  if (tls === undefined) return [];
  return way(
    style,
    "rclone, and others that know Box's hosts only",
    `HTTPS_PROXY=${tls.proxyUrl} rclone --ca-cert ${quoted(tls.caCertificatePath)} --box-access-token ${token} lsf :box:`,
  );
}

function way(style: Style, whom: string, line: string): string[] {
  return [`  ${style.dim(whom)}`, `    ${line}`];
}

function quoted(path: string): string {
  return /^[\w./-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
}
