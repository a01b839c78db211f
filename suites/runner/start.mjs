import { join } from 'node:path';
import { endUnjudged, holdUntilJudged } from './until-judged.mjs';

/** `npm run conformance`: vitest with the project's own settings, in a process that ends with 2 whatever fails before a verdict. */
const args = process.argv.slice(2);

/** What would have vitest read something else than the project's own settings. */
const ELSEWHERE = /^(?:--(?:no-)?(?:config|config-?loader|root|dir|workspace)|-[cr])(?:=|$)/i;

if (!args.some((one) => /^(?:-h|--help|-v|--version)$/.test(one))) holdUntilJudged();
const elsewhere = args.find((one) => ELSEWHERE.test(one));
if (elsewhere !== undefined) {
  endUnjudged(`${elsewhere} names other settings than the project's own, by which alone a run is judged: leave it out`);
}
const root = join(import.meta.dirname, '../..');
if (process.cwd() !== root) endUnjudged(`the suites run in their own folder alone: cd ${root}`);
const odd = /[#?]/.exec(root)?.[0];
if (odd !== undefined) {
  endUnjudged(`vite finds no file below a folder with "${odd}" in its name (${root}): move the checkout`);
}
// What vitest's own command would find here.
process.argv.splice(2, args.length, 'run', '--mode=conformance', ...args);
try {
  await import(new URL('vitest.mjs', import.meta.resolve('vitest/package.json')).href);
} catch (thrown) {
  endUnjudged(`vitest does not start: ${thrown instanceof Error ? thrown.message : thrown}`);
}
