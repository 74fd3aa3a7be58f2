/** One of many processes that share a login: waits until all are there, and asks Box who it is. For tests. */
import { once } from 'node:events';
import { oauth } from '../auth/oauth.ts';
import { fileStore } from '../auth/token-store.ts';
import { BoxClient } from '../client.ts';

const [, , path = '', baseUrl = '', clientId = '', clientSecret = ''] = process.argv;
const auth = oauth({ clientId, clientSecret, store: fileStore(path) });
const client = new BoxClient({ auth, baseUrl, env: {} });
process.send?.('ready');
await once(process, 'message');
await client.users.me();
await client.close();
process.disconnect();
