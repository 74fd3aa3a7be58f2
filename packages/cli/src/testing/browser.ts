/** A person with a browser, as far as a login needs one. */

/** Opens the consent page and presses a button; answers the page that all redirects end on. */
export async function decide(url: string, decision: 'grant' | 'deny'): Promise<Response> {
  return fetch(url, { method: 'POST', body: await filledForm(url, decision) });
}

/** The same, but does not follow the redirect: answers the address that it leads to. */
export async function addressAfter(url: string, decision: 'grant' | 'deny'): Promise<string> {
  const body = await filledForm(url, decision);
  const answer = await fetch(url, { method: 'POST', body, redirect: 'manual' });
  return answer.headers.get('location') ?? '';
}

async function filledForm(url: string, decision: string): Promise<URLSearchParams> {
  const page = await (await fetch(url)).text();
  const form = new URLSearchParams();
  for (const [input] of page.matchAll(/<input [^>]*>/g)) {
    if (attribute(input, 'type') === 'radio' && !input.includes(' checked')) continue;
    form.set(attribute(input, 'name'), attribute(input, 'value'));
  }
  form.set('decision', decision);
  return form;
}

function attribute(element: string, name: string): string {
  const value = new RegExp(` ${name}="([^"]*)"`).exec(element)?.[1] ?? '';
  return value.replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&amp;', '&');
}
