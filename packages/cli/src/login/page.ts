/** What the browser shows at the end of a login. Plain text: it is escaped here. */
export interface Page {
  title: string;
  text: string;
  succeeded: boolean;
}

/** One small page with nothing to load, light or dark as the reader's system is. */
export function pageHtml(page: Page): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escaped(page.title)} · boxhaul</title>
<style>
  :root { color-scheme: light dark; font: 17px/1.5 system-ui, sans-serif }
  body { display: grid; place-content: center; min-height: 90vh; margin: 0 1.5rem; text-align: center }
  main { max-width: 28rem }
  b { display: block; font-size: 3rem; color: ${page.succeeded ? '#2a9d5c' : '#d1495b'} }
  h1 { font-size: 1.4rem; margin: .5rem 0 }
  p { margin: 0; opacity: .75 }
</style>
<main>
  <b aria-hidden="true">${page.succeeded ? '✓' : '✗'}</b>
  <h1>${escaped(page.title)}</h1>
  <p>${escaped(page.text)}</p>
</main>
</html>
`;
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
