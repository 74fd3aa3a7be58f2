import { quoted } from '../output/quoted.ts';
import type { Style } from '../output/style.ts';
import type { RunningEmulator } from './emulator.ts';

/** What people read when the emulator listens: where it is, and lines to copy for each way to use it. */
export function emulatorNotes(running: RunningEmulator, style: Style): string[] {
  const { token } = running.emulator;
  const url = addressFromHere(running);
  return [
    `${style.green('●')} Box is at ${style.bold(url)}   ${style.dim(contentsNote(running))}`,
    `  access token  ${token}   ${style.dim('the admin, never expires')}`,
    ...appNote(running, style),
    '',
    ...way(style, 'boxhaul', `BOX_BASE_URL=${url} BOX_DEVELOPER_TOKEN=${token} boxhaul ls /`),
    ...appWays(running, style),
    ...way(style, 'curl', `curl -H 'Authorization: Bearer ${token}' ${url}/2.0/folders/0/items`),
    ...way(style, "Box's SDKs: Node, Python, Java, .NET", ...sdkLines(url)),
    ...tlsWays(running, style),
    '',
    style.dim('Ctrl-C ends it.'),
  ];
}

/** One that listens on all addresses is called by this machine's own: the other is no address to call everywhere. */
function addressFromHere({ emulator }: RunningEmulator): string {
  return emulator.url.replace('//0.0.0.0:', '//127.0.0.1:').replace('//[::]:', '//[::1]:');
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

function appWays(running: RunningEmulator, style: Style): string[] {
  const { appConfigPath } = running;
  if (appConfigPath === undefined) return [];
  const options = `--base-url ${addressFromHere(running)} -c ${quoted(appConfigPath)}`;
  return [
    ...way(style, 'JWT app', `boxhaul whoami ${options}`),
    ...way(style, 'OAuth 2 login', `boxhaul login ${options}`),
  ];
}

/** One expression for each of Box's SDKs of version 10: its client, with the hosts of this Box. */
function sdkLines(url: string): string[] {
  const [upload, oauth2] = [`${url}/api`, `${url}/api/oauth2`];
  return [
    `client.withCustomBaseUrls({ baseUrl: '${url}', uploadUrl: '${upload}', oauth2Url: '${oauth2}' })`,
    `client.with_custom_base_urls(BaseUrls(base_url='${url}', upload_url='${upload}', oauth_2_url='${oauth2}'))`,
    `client.withCustomBaseUrls(new BaseUrls.Builder().baseUrl("${url}").uploadUrl("${upload}").oauth2Url("${oauth2}").build())`,
    `client.WithCustomBaseUrls(new BaseUrls(baseUrl: "${url}", uploadUrl: "${upload}", oauth2Url: "${oauth2}"))`,
  ];
}

/** Clients that go to Box's own hosts, and by HTTPS only, reach the emulator through its proxy. */
function tlsWays({ emulator: { tls, token } }: RunningEmulator, style: Style): string[] {
  if (tls === undefined) {
    const hint = '--tls leads those here, and prints what to set';
    return [`  ${style.dim(`rclone, Box's CLI and others go to Box's own hosts: ${hint}`)}`];
  }
  const ca = quoted(tls.caCertificatePath);
  return [
    ...way(
      style,
      'rclone, in a shell of its own',
      `export HTTPS_PROXY=${tls.proxyUrl} RCLONE_CA_CERT=${ca}`,
      `export RCLONE_CONFIG_BOX_TYPE=box RCLONE_CONFIG_BOX_ACCESS_TOKEN=${token}`,
      'rclone lsf box:',
    ),
    ...way(
      style,
      "Box's CLI, until box configure:settings --no-enable-proxy",
      `export NODE_EXTRA_CA_CERTS=${ca}`,
      `box configure:settings --enable-proxy --proxy-url=${tls.proxyUrl}`,
      `box folders:items 0 --token ${token}`,
    ),
  ];
}

function way(style: Style, whom: string, ...lines: string[]): string[] {
  return [`  ${style.dim(whom)}`, ...lines.map((line) => `    ${line}`)];
}
