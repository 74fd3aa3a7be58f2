/** Someone whom the consent page offers to sign in as. */
export interface ConsentUser {
  id: string;
  name: string;
  login: string;
  /** What they are to the app's enterprise. */
  role: string;
}

/** What the consent page shows. */
export interface ConsentPage {
  clientId: string;
  enterpriseName: string;
  users: readonly ConsentUser[];
  scopes: readonly string[];
  redirectUri: string;
  /** Sent back with the decision. */
  hidden: Record<string, string>;
}

/** The page on which a user lets an app in, or does not. It works without scripts. */
export function consentPage(page: ConsentPage): string {
  const users = page.users.map(
    (user, index) => `
      <label class="user">
        <input type="radio" name="user_id" value="${escaped(user.id)}"${index === 0 ? ' checked' : ''}>
        <span><b>${escaped(user.name)}</b> <em>${escaped(user.role)}</em><br>${escaped(user.login)}</span>
      </label>`,
  );
  const hidden = Object.entries(page.hidden).map(
    ([name, value]) => `<input type="hidden" name="${escaped(name)}" value="${escaped(value)}">`,
  );
  return layout(
    'Let an app use this Box?',
    `<p>The app <code>${escaped(page.clientId)}</code> of ${escaped(page.enterpriseName)} asks to use this Box as:</p>
    <form method="post">
      ${hidden.join('')}
      <fieldset><legend>Sign in as</legend>${users.join('')}</fieldset>
      <p class="note">It may: ${escaped(page.scopes.join(', '))}.<br>You go on to <code>${escaped(page.redirectUri)}</code>.</p>
      <p class="buttons">
        <button name="decision" value="grant" class="grant">Grant access</button>
        <button name="decision" value="deny">Deny</button>
      </p>
    </form>`,
  );
}

/** The page that says why there is nothing to consent to. */
export function refusalPage(error: string, description: string): string {
  return layout(
    'This does not work',
    `<p>${escaped(description)}.</p><p class="note"><code>${escaped(error)}</code></p>`,
  );
}

function layout(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · Box emulator</title>
<style>
:root { color-scheme: light dark; --line: light-dark(#d5dae1, #3a4048); --strong: light-dark(#0a5bd3, #5a9bff); }
body { margin: 0; font: 16px/1.5 system-ui, sans-serif; display: grid; place-items: center; min-height: 100vh;
  background: light-dark(#f3f5f8, #16191d); color: light-dark(#1c2128, #e6e9ed); }
main { width: min(30rem, calc(100vw - 2rem)); box-sizing: border-box; padding: 2rem; border: 1px solid var(--line);
  border-radius: 12px; background: light-dark(#fff, #1f2328); overflow-wrap: anywhere; }
h1 { font-size: 1.3rem; margin: 0 0 1rem; }
header { font-size: .85rem; opacity: .7; margin-bottom: 1rem; }
fieldset { border: 0; padding: 0; margin: 0 0 1rem; } legend { padding: 0; font-weight: 600; }
.user { display: flex; gap: .75rem; align-items: center; padding: .6rem .8rem; margin-top: .5rem; cursor: pointer;
  border: 1px solid var(--line); border-radius: 8px; }
.user:has(:checked) { border-color: var(--strong); outline: 1px solid var(--strong); }
.user em { font-style: normal; font-size: .8rem; opacity: .7; }
.note { font-size: .85rem; opacity: .8; } code { font-size: .9em; }
.buttons { display: flex; gap: .75rem; margin: 1.25rem 0 0; }
button { flex: 1; font: inherit; padding: .6rem; border-radius: 8px; border: 1px solid var(--line); cursor: pointer;
  background: transparent; color: inherit; }
.grant { background: light-dark(#0a5bd3, #2f6fe0); border-color: transparent; color: #fff; }
button:focus-visible, .user:focus-within { outline: 2px solid var(--strong); outline-offset: 2px; }
</style>
</head>
<body><main>
<header>Box emulator on this machine: no real account is involved</header>
<h1>${title}</h1>
${body}
</main></body>
</html>
`;
}

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}
