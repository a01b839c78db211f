import { statSync } from 'node:fs';
import { NO_CHROMIUM, show } from '../../reports/fixtures/chromium.ts';
import { reportOfServer } from '../../reports/fixtures/judged-report.ts';
import { htmlPage } from '../../reports/html/page.ts';
import { SetupError } from '../../spec/setup-error.ts';
import { startChromium } from '../fixtures/browser.ts';

/** Maximum size in bytes, so that the README loads fast. */
const LARGEST = 200_000;

/** `npm run picture [FILE.png]`: judges a server with one fault and takes a screenshot of its report for the README. */
const [path = 'reports/example.png'] = process.argv.slice(2);
if (NO_CHROMIUM !== undefined) throw new SetupError(NO_CHROMIUM);
const report = await reportOfServer('email-lowercased');
// Fix what varies between runs, so that the picture only changes when the page does.
const fixed = {
  ...report,
  started: '2026-01-01T12:00:00.000Z',
  ms: 1500,
  target: { kind: 'live', host: 'api.example.com' },
} as const;
const content = htmlPage(fixed).replaceAll(/http:\/\/127\.0\.0\.1:\d+/g, 'https://api.example.com');
const browser = await startChromium();
try {
  const { page } = await show(browser, content, { viewport: { width: 1100, height: 960 }, colorScheme: 'light' });
  await page.screenshot({ path });
} finally {
  await browser.close();
}
const { size } = statSync(path);
if (size > LARGEST) throw new SetupError(`${path} has ${size} bytes: expected ${LARGEST} at most`);
process.stdout.write(`${path}: ${size} bytes\n`);
