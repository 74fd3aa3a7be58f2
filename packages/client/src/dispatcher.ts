import { Agent, type Dispatcher, EnvHttpProxyAgent } from 'undici';
import { InputError } from './errors.ts';
import type { ResolvedConnection } from './options.ts';

/** Requests to this machine itself never go through a proxy, or no emulator would be reached behind one. */
const OWN_ADDRESSES = 'localhost,127.0.0.1,::1';

/**
 * The connections to all of Box's hosts: kept alive, as many as there are requests under way (the pacer bounds
 * those), through the proxies that the environment names.
 *
 * HTTP/1.1 only: parallel transfers are to have connections of their own, not shares of one.
 *
 * @throws {InputError} a proxy that is no URL
 */
export function openDispatcher(options: ResolvedConnection): Dispatcher {
  const { connectMs, headersMs, bodyIdleMs } = options.timeouts;
  const tls = trustOf(options.caCertificates);
  const agentOptions: Agent.Options = {
    allowH2: false,
    connectTimeout: connectMs,
    connect: { timeout: connectMs, ...tls },
    headersTimeout: headersMs,
    bodyTimeout: bodyIdleMs,
  };
  const proxies = proxiesOf(options.env);
  if (!proxies) return new Agent(agentOptions);
  const requestTls = { timeout: connectMs, ...tls };
  return new EnvHttpProxyAgent({ ...agentOptions, ...proxies, requestTls });
}

function proxiesOf(env: ResolvedConnection['env']) {
  const httpProxy = proxyUrl(env, 'http_proxy');
  const httpsProxy = proxyUrl(env, 'https_proxy');
  if (!httpProxy && !httpsProxy) return undefined;
  const noProxy = `${env.no_proxy ?? env.NO_PROXY ?? ''},${OWN_ADDRESSES}`;
  // An empty text says "none"; left out, undici would look at process.env itself.
  return { httpProxy, httpsProxy: httpsProxy || httpProxy, noProxy };
}

function proxyUrl(env: ResolvedConnection['env'], name: string): string {
  const shownName = env[name] === undefined ? name.toUpperCase() : name;
  const value = env[shownName] ?? '';
  // The address may hold a password: it is not repeated, nor is the error that Node would give for it.
  if (value && !/^(https?|socks5?):$/.test(URL.parse(value)?.protocol ?? '')) {
    throw new InputError(`${shownName} must be an address such as http://proxy.example.com:8080`);
  }
  return value;
}

/** One context for all connections: building it costs milliseconds, as it holds every root certificate. */
function trustOf(caCertificates: readonly string[]) {
  if (caCertificates.length === 0) return {};
  // Taken when it is needed: it takes longer to load than all of this package.
  const { createSecureContext, getCACertificates } = process.getBuiltinModule('node:tls');
  const ca = [...getCACertificates('default'), ...caCertificates];
  return { secureContext: createSecureContext({ ca }) };
}
