import { join } from 'node:path';
import { endUnjudged, holdUntilJudged } from './until-judged.mjs';

/** `npm run conformance`: vitest with the project's settings. The process exits with 2 if it fails before a verdict. */
const args = process.argv.slice(2);

/** Flags that would make vitest use other settings. */
const ELSEWHERE = /^(?:--(?:no-)?(?:config|config-?loader|root|dir|workspace)|-[cr])(?:=|$)/i;

if (!args.some((one) => /^(?:-h|--help|-v|--version)$/.test(one))) holdUntilJudged();
const elsewhere = args.find((one) => ELSEWHERE.test(one));
if (elsewhere !== undefined) {
  endUnjudged(`${elsewhere} would use other settings than the project's: remove it`);
}
const root = join(import.meta.dirname, '../..');
if (process.cwd() !== root) endUnjudged(`the suites only run in their own folder: cd ${root}`);
const odd = /[#?]/.exec(root)?.[0];
if (odd !== undefined) {
  endUnjudged(`vite finds no files in a folder with "${odd}" in its path (${root}): move the checkout`);
}
// The arguments of vitest's own command.
process.argv.splice(2, args.length, 'run', '--mode=conformance', ...args);
try {
  await import(new URL('vitest.mjs', import.meta.resolve('vitest/package.json')).href);
} catch (thrown) {
  endUnjudged(`vitest does not start: ${thrown instanceof Error ? thrown.message : thrown}`);
}
