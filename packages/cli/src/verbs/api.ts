/** api: what it takes. What it does is in `commands/api.ts`. */
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { TypedPair } from '../api/typed-request.ts';
import type { ApiCommandOptions } from '../commands/api.ts';
import { finish, type Start } from './start.ts';

export function addApi(program: Command, start: Start): void {
  const api = program
    .command('api')
    .summary("any call of Box's API")
    .description(
      "Send any call of Box's API and print its answer: JSON, or contents as they are. It is signed, kept\n" +
        'within the limits and repeated as all other calls are; what Box refuses is told in its own words.',
    )
    .argument('<method>', 'get, post, put, patch, delete, options')
    .argument('<path>', "such as /folders/0; or a whole address on one of Box's hosts")
    .option(
      '-q, --query <key=value>',
      'a parameter of the query; may be given often',
      pair(/^([^=]+)=(.*)$/s),
    )
    .option(
      '-H, --header <name: value>',
      'a header; may be given often',
      pair(/^([\w-]+)\s*:\s*(.*)$/s),
    )
    .option('-b, --body <body>', 'JSON; @file for what is in a file; - for standard input')
    .option('--paginate', 'all pages of a list: an entry a line')
    .addOption(
      new Option('--host <host>', "which of Box's hosts answers (api)").choices([
        'api',
        'upload',
        'oauth',
        'account',
        'download',
      ]),
    )
    .option('-i, --include', 'status and headers of the answer as well, on stderr')
    .option('-n, --dry-run', 'say what would be sent, and send nothing');
  finish(api, [
    'boxhaul api get /users/me --local',
    'boxhaul api get /folders/0/items -q fields=name,size -q usemarker=true --paginate --local',
    `boxhaul api post /folders --body '{"name":"New","parent":{"id":"0"}}' --local`,
    "boxhaul api put /files/123 -H 'if-match: 4' --body @changes.json",
    'boxhaul api get /files/123/content > copy.pdf',
  ]).action((method: string, path: string, options: ApiCommandOptions) =>
    start(api, async (context) => {
      const { runApi } = await import('../commands/api.ts');
      return runApi(context, method, path, options);
    }),
  );
}

/** Reads a name and its value, and puts it behind those before it. */
function pair(form: RegExp): (text: string, previous?: readonly TypedPair[]) => TypedPair[] {
  return (text, previous = []) => {
    const [, name, value] = form.exec(text) ?? [];
    if (name === undefined || value === undefined) {
      throw new InvalidArgumentError('Give a name and a value: -q fields=name, -H "if-match: 4".');
    }
    return [...previous, { name, value }];
  };
}
