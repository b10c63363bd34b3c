/** The sign-in page of the local issuer: a list of people, Chinese first. */
import type { Account } from './accounts.ts';

const STYLE = `body{font:16px/1.6 system-ui,"Noto Sans CJK SC",sans-serif;max-width:34rem;margin:3rem auto;padding:0 1rem}
h1{font-size:1.4rem}button{display:block;width:100%;text-align:left;font:inherit;padding:.6rem 1rem;margin:.4rem 0;
border:1px solid #8a8f98;border-radius:.4rem;background:#fff;cursor:pointer}button:focus-visible{outline:3px solid #1a5fb4}
small{color:#4a4f57}pre{white-space:pre-wrap;overflow-wrap:anywhere;background:#f3f5f7;padding:.6rem}ul{padding-left:1.2rem}`;

function page(title: string, content: string): string {
  return `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>${title}</title>
<meta name="viewport" content="width=device-width,initial-scale=1"><style>${STYLE}</style></head>
<body><main>${content}</main></body></html>`;
}

function escaped(text: string): string {
  const names: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
  return text.replaceAll(/[&<>"]/g, (character) => names[character] ?? character);
}

/** One button per person; the authorization request travels along in hidden fields. */
export function signInPage(accounts: readonly Account[], request: URLSearchParams): string {
  const hidden = [...request]
    .filter(([name]) => name !== 'account')
    .map(([name, value]) => `<input type="hidden" name="${escaped(name)}" value="${escaped(value)}">`);
  const buttons = accounts.map(
    ({ id, name, office }) =>
      `<button name="account" value="${escaped(id)}">${escaped(name)} · ${escaped(office.zh)}<br>
<small lang="en">${escaped(id)} · ${escaped(office.en)}</small></button>`,
  );
  return page(
    '登录 · 发放',
    `<h1>登录 <small lang="en">Sign in</small></h1>
<p>本机演示账号，不需要密码。<br><small lang="en">Accounts of this local demonstration; no password is asked.</small></p>
<form method="post">${hidden.join('')}${buttons.join('')}</form>`,
  );
}

/** Who may sign in and how a token is got, for whoever opens the issuer's own address. */
export function accountsPage(accounts: readonly Account[], tokenUrl: string, password: string): string {
  const rows = accounts.map(
    ({ id, name, office }) =>
      `<li><code>${escaped(id)}</code> ${escaped(name)} · ${escaped(office.zh)} <small lang="en">${escaped(office.en)}</small></li>`,
  );
  const command = `curl -s ${tokenUrl} -d grant_type=password -d username=preparer -d password=${password}`;
  return page(
    '账号 · 发放',
    `<h1>本机账号 <small lang="en">Accounts of this local service</small></h1>
<p>密码都是 <code>${escaped(password)}</code>。取令牌：<br><small lang="en">One password for all. To get a token:</small></p>
<pre>${escaped(command)}</pre><ul>${rows.join('')}</ul>
<p>接口说明见 <a href="/docs">/docs</a>。<br><small lang="en">The API is described at /docs.</small></p>`,
  );
}

/** A page with one sentence. */
export function messagePage(message: string): string {
  return page('发放', `<h1>无法登录 <small lang="en">Cannot sign in</small></h1><p>${escaped(message)}</p>`);
}
