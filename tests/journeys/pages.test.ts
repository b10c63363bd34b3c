import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROUTES } from '../../functions/api/routes.ts';
import { type Host, startHost } from '../../infra/local/host.ts';
import { CHROMIUM, lacks } from '../programs.ts';
import { PRINTED_LISTS } from './printed-lists.ts';

/** CSS pixels of a millimetre. */
const MM = 96 / 25.4;

describe.skipIf(lacks('chromium'))('pages in a real browser (needs chromium)', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'fafang-pages-'));
  let host: Host;
  let browser: Browser;
  let page: Page;
  const complaints: string[] = [];

  beforeAll(async () => {
    host = await startHost({ dataDir, port: 0, quiet: true, dailyTick: false });
    browser = await chromium.launch({
      executablePath: CHROMIUM,
      args: [
        '--no-sandbox',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    });
    page = await browser.newPage({ locale: 'zh-CN' });
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
  });
  afterAll(async () => {
    await browser?.close();
    await host?.stop();
    rmSync(dataDir, { recursive: true, force: true });
  });

  it('documents every operation on one page, Chinese first, without breaking its own content policy', async () => {
    await page.goto(`${host.address}/docs`);
    expect(await page.locator('html').getAttribute('lang')).toBe('zh-CN');
    expect(await page.title()).toContain('发放');
    const text = await page.locator('body').innerText();
    for (const { path } of Object.values(ROUTES)) expect(text).toContain(path);
    // Styles are applied only when the page's hash fits its policy.
    expect(await page.evaluate('getComputedStyle(document.body).margin')).toBe('0px');
    expect(complaints).toEqual([]);
  });

  it('fits a narrow screen without scrolling sideways', async () => {
    await page.setViewportSize({ width: 390, height: 800 });
    await page.goto(`${host.address}/docs`);
    const sideways = await page.evaluate('document.documentElement.scrollWidth - window.innerWidth');
    expect(sideways).toBeLessThanOrEqual(0);
  });

  it.each(Object.entries(PRINTED_LISTS))(
    '%s fits A4, its rows are few lines high and its headings stand on every page',
    async (_name, html) => {
      await page.emulateMedia({ media: 'print' });
      const [wide, high] = html.includes('landscape') ? [297 - 28, 210 - 28] : [210 - 36, 297 - 36];
      await page.setViewportSize({ width: Math.floor(wide * MM), height: Math.floor(high * MM) });
      // The policy of the page before would keep the style of this one out.
      await page.goto('about:blank');
      await page.setContent(html);
      expect(await page.evaluate('getComputedStyle(document.querySelector("table")).borderCollapse')).toBe(
        'collapse',
      );
      expect(await page.evaluate('document.documentElement.scrollWidth - window.innerWidth')).toBe(0);
      const rows = await page.evaluate<number[]>(
        '[...document.querySelectorAll("table:has(thead) tr:not(thead tr)")].map((row) => row.offsetHeight)',
      );
      expect(rows).toHaveLength(40);
      expect(Math.max(...rows)).toBeLessThan(24 * MM);
      // What is printed: about as many pages as rows of that height need, not one row torn over several.
      const printed = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
      const pages = printed.match(/\/Type\s*\/Page\b/g)?.length ?? 0;
      expect([pages > 1, pages < 8]).toEqual([true, true]);
      await page.emulateMedia({ media: 'screen' });
    },
  );

  it('offers every local sign-in by name and office', async () => {
    const query = new URLSearchParams({
      response_type: 'code',
      client_id: 'fafang',
      redirect_uri: `${host.address}/callback`,
      scope: 'openid',
      state: 's',
      code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
      code_challenge_method: 'S256',
    });
    await page.goto(`${host.issuer}/authorize?${query.toString()}`);
    const text = await page.locator('body').innerText();
    for (const name of ['张经办', '李复核', '王审批', '陈出纳', '周财政', '郑审计'])
      expect(text).toContain(name);
  });
});
