import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startChromium } from '../../suites/fixtures/browser.ts';
import { MUST_CLAIMS } from '../../suites/fixtures/totals.ts';
import { compareReports } from '../compare/compare.ts';
import { comparisonPage } from '../compare/comparison-html.ts';
import { NO_CHROMIUM, type Shown, show } from '../fixtures/chromium.ts';
import { HOSTILE } from '../fixtures/hostile-texts.ts';
import { reportOfServer } from '../fixtures/judged-report.ts';
import { cleanReport, hostileReport, KINDS, replayedReport } from '../fixtures/kinds-of-reports.ts';
import { htmlPage } from './page.ts';

if (NO_CHROMIUM !== undefined) process.stderr.write(`not tested in a browser: ${NO_CHROMIUM}\n`);

const DESKTOP = { width: 1280, height: 720 };
const PHONE = { width: 360, height: 740 };

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** @param options axe's own; default: every rule */
async function violations(page: Page, options = {}): Promise<string[]> {
  // The page's policy keeps scripts out: axe is put in by the browser's own tools.
  await page.evaluate(`window.axe ?? (() => { ${axe} })()`);
  // What holds is not listed, and there is nothing to load.
  const all = { resultTypes: ['violations'], preload: false, ...options };
  const found = (await page.evaluate(`axe.run(${JSON.stringify(all)})`)) as AxeResults;
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 100)).join(' | ')}`);
}

/** How much wider the page is than each screen. */
async function tooWide(page: Page): Promise<number[]> {
  const sizes: number[] = [];
  for (const size of [PHONE, DESKTOP]) {
    await page.setViewportSize(size);
    sizes.push(Math.max(0, Number(await page.evaluate('document.documentElement.scrollWidth')) - size.width));
  }
  return sizes;
}

describe.skipIf(NO_CHROMIUM !== undefined)('in Chromium', () => {
  let browser: Browser;
  let real = '';
  const pages: Readonly<Record<string, () => string>> = {
    'a hostile report': () => htmlPage(hostileReport()),
    'a red report': () => htmlPage(KINDS['red']?.() ?? hostileReport()),
    'a green comparison': () => comparisonPage(compareReports(hostileReport(), cleanReport())),
    // Their parts are those of the others, which axe looks at.
    'a clean report': () => htmlPage(cleanReport()),
    'a replay': () => htmlPage(replayedReport()),
    'a real report': () => real,
  };
  const WITH_AXE = Object.keys(pages).slice(0, 3);
  const shown = new Map<string, Promise<Shown>>();
  /** A page that is loaded once, for all tests that look at it. */
  function open(name: string, options: BrowserContextOptions = {}): Promise<Shown> {
    const key = `${name} ${JSON.stringify(options)}`;
    const there = shown.get(key) ?? show(browser, pages[name]?.() ?? '', { viewport: DESKTOP, ...options });
    shown.set(key, there);
    return there;
  }
  beforeAll(async () => {
    browser = await startChromium();
    real = htmlPage(await reportOfServer('email-lowercased'));
  }, 60_000);
  afterAll(() => browser?.close());

  test('the first screen says what is wrong, in words and as a picture', async () => {
    const { page } = await open('a real report');
    const seen = (text: string) => page.getByText(text, { exact: false }).first().boundingBox();
    for (const text of ['Does not conform', `1 of ${MUST_CLAIMS} claims fails`, 'RS-4', 'come back changed']) {
      expect((await seen(text))?.y).toBeLessThan(DESKTOP.height);
    }
    expect((await page.locator('td.wrong').first().boundingBox())?.y).toBeLessThan(DESKTOP.height);
  });

  test.each(Object.keys(pages))(
    '%s has no accessibility violation, no error, and no width but the screen’s',
    async (name) => {
      const { page, problems } = await open(name);
      expect([problems, await tooWide(page)]).toEqual([[], [0, 0]]);
      // What is folded counts as well.
      await page.evaluate('for (const one of document.querySelectorAll("details")) one.open = true');
      expect(await tooWide(page)).toEqual([0, 0]);
      if (!WITH_AXE.includes(name)) return;
      expect(await violations(page)).toEqual([]);
      // In the dark the colours are others, and nothing else is.
      await page.emulateMedia({ colorScheme: 'dark' });
      expect(await violations(page, { runOnly: ['color-contrast'] })).toEqual([]);
      expect(problems).toEqual([]);
      await page.context().close();
    },
    60_000,
  );

  const SCRIPTS = { permissions: ['clipboard-write', 'clipboard-read'] };

  test('shows hostile text as text', async () => {
    const { page, problems } = await open('a hostile report', SCRIPTS);
    expect(await page.title()).toMatch(
      /^does not conform: 3 waivers are stale, and 4 of 7 judged claims fail .* \(api\.test, 2026-05-20\)$/,
    );
    expect(await page.locator('img').count()).toBe(0);
    expect(await page.locator('body').textContent()).toContain(HOSTILE.html);
    expect(problems).toEqual([]);
  });

  test('a script that got past the escaping would not run, and nothing would be loaded', async () => {
    const planted = '<script>document.title = "taken"</script><img src="http://a.test/i.png"><main';
    const { page, problems } = await show(browser, htmlPage(hostileReport()).replace('<main', planted));
    expect(await page.title()).toMatch(/^does not conform/);
    expect(problems.filter((problem) => problem.includes('Content Security Policy'))).toHaveLength(2);
  });

  test.each([true, false])('the counters filter the cases, by the keyboard, with scripts: %s', async (scripts) => {
    const { page, problems } = await open('a hostile report', scripts ? SCRIPTS : { javaScriptEnabled: false });
    expect([problems, await tooWide(page)]).toEqual([[], [0, 0]]);
    const visible = async () => {
      const claims = page.locator('.claim:visible');
      return claims.evaluateAll((all) => all.map((one) => one.id));
    };
    expect(await visible()).toHaveLength(12);
    await page.locator('#show-all').focus();
    await page.keyboard.press('ArrowRight');
    expect(await page.locator('#show-fail').isChecked()).toBe(true);
    expect(await visible()).toEqual(['AU-2', 'RS-4', 'ER-1']);
    const headings = page.locator('.heading:visible > :is(h3, h4)');
    expect(await headings.allTextContents()).toEqual(['Authorization', 'Basic Auth', 'API Responses', '200', '400']);
    if (scripts) {
      expect(await page.locator('[role=status]').textContent()).toBe('4 of 13 cases shown');
      expect(await page.locator('.case:visible').evaluateAll((all) => all.map((one) => one.id))).toEqual([
        'AU-2/no-credentials',
        'RS-4/letter-case',
        'RS-4/no-json',
        'ER-1/property-one-thing-wrong',
      ]);
    }
    await page.locator('#show-observed').check();
    expect(await visible()).toEqual(['EP-3']);
    await page.locator('#show-all').check();
    expect(await visible()).toHaveLength(12);
  });

  test('a link to a case opens it, also where a filter hid it', async () => {
    const { page } = await open('a hostile report', SCRIPTS);
    await page.locator('#show-pass').check();
    await page.evaluate('location.hash = "#RS-4/letter-case"');
    const one = page.locator('[id="RS-4/letter-case"]');
    await one.locator('pre').first().waitFor({ state: 'visible' });
    expect(await one.getAttribute('open')).toBe('');
    expect(await page.locator('#show-all').isChecked()).toBe(true);
    await page.reload();
    expect(await one.locator('pre').first().isVisible()).toBe(true);
    await expect.poll(() => one.evaluate((element) => element.getBoundingClientRect().top)).toBeLessThan(200);
  });

  test('a click on a broken claim leads to its card', async () => {
    const { page } = await open('a hostile report', SCRIPTS);
    await page.locator('.broken a').first().click();
    const top = () => page.locator('#wrong-AU-2').evaluate((element) => element.getBoundingClientRect().top);
    await expect.poll(top).toBeLessThan(200);
  });

  test('a command is copied whole', async () => {
    const { page } = await open('a hostile report', SCRIPTS);
    await page.locator('.card .command button').first().click();
    await page
      .getByText(/^(Copied|Selected)$/)
      .first()
      .waitFor();
    const [first] = hostileReport().cases.filter((one) => one.id === 'AU-2/no-credentials');
    const copied = (await page.evaluate(
      'navigator.clipboard.readText().catch(() => getSelection().toString())',
    )) as string;
    expect(copied.trim()).toBe(first?.exchanges[0]?.curl);
  });
});
