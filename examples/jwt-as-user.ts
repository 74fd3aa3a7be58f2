/**
 * Signs in with a JWT app's config file and says who that is: the app's service account, and a user
 * of the enterprise for whom it acts.
 *
 *     npx node examples/jwt-as-user.ts config.json 12345678
 */
import { BoxClient, jwtAuth, readAppConfig } from '@boxhaul/client';

const [configFile = 'config.json', userId] = process.argv.slice(2);
const { BOX_BASE_URL } = process.env;
const client = new BoxClient({
  auth: jwtAuth(await readAppConfig(configFile)),
  ...(BOX_BASE_URL && { baseUrl: BOX_BASE_URL }),
});

try {
  const service = await client.users.me();
  console.log(`the app is ${service.name} <${service.login}>`);
  if (userId !== undefined) {
    // Another view of the same client: it shares connections, token and pace.
    const user = await client.asUser(userId).users.me();
    console.log(`and acts for ${user.name} <${user.login}>`);
  }
} finally {
  await client.close();
}
