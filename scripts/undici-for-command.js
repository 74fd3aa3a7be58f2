/**
 * What our packages take of undici, for the published command: undici's own index also loads fetch, web sockets,
 * caches and mocks, which no command uses and each would wait for. A file that undici moves, or a further
 * name that is taken, fails the build.
 */
import api from 'undici/lib/api/index.js';
import Agent from 'undici/lib/dispatcher/agent.js';
import Dispatcher from 'undici/lib/dispatcher/dispatcher.js';
import EnvHttpProxyAgent from 'undici/lib/dispatcher/env-http-proxy-agent.js';
import redirect from 'undici/lib/interceptor/redirect.js';

Object.assign(Dispatcher.prototype, api);

const interceptors = { redirect };

export { Agent, EnvHttpProxyAgent, interceptors };
