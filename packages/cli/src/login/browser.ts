import { spawn } from 'node:child_process';
import type { CommandContext } from '../context.ts';

/**
 * Shows a page in the browser: the program that `BROWSER` names, or the system's own. Nobody can tell
 * whether a window really opened, so the address is always printed as well.
 */
export async function openBrowser({ env, output }: CommandContext, url: string): Promise<void> {
  try {
    if (env.BROWSER) await start(env.BROWSER, url);
    else await (await import('open')).default(url);
  } catch (error) {
    output.warn(
      `no browser could be opened (${(error as Error).message}): open the address yourself`,
    );
  }
}

function start(program: string, url: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const browser = spawn(program, [url], { detached: true, stdio: 'ignore' });
    browser.once('error', reject);
    browser.once('spawn', () => {
      browser.unref();
      resolve();
    });
  });
}
