import { readFileSync } from 'node:fs';
import { EXIT_CODES } from '../../reports/report.ts';
import { forTerminal } from '../../reports/terminal.ts';
import { loadContract } from '../../spec/contract.ts';
import { messageOf } from '../../spec/setup-error.ts';
import { gradeHar } from '../recording/grading/grade-har.ts';
import { gradeText, maskerFor } from '../recording/grading/grade-text.ts';
import { findOperation } from '../recording/grading/operation-exchange.ts';
import { parseHar } from '../recording/har.ts';

const [file, ...more] = process.argv.slice(2);

if (file === undefined || file.startsWith('-') || more.length > 0) {
  process.stderr.write('usage: npm run grade -- FILE.har\n');
  process.exitCode = EXIT_CODES['could-not-judge'];
} else {
  try {
    const contract = await loadContract();
    const har = parseHar(readFileSync(file, 'utf8'));
    const graded = gradeHar(har, contract);
    const masker = maskerFor(findOperation(har, contract).exchanges);
    process.stdout.write(forTerminal(gradeText(graded, contract.claims, masker.mask)));
    process.exitCode = EXIT_CODES[graded.verdict];
  } catch (thrown) {
    process.stderr.write(`could not judge: ${forTerminal(`${file}: ${messageOf(thrown)}`)}\n`);
    process.exitCode = EXIT_CODES['could-not-judge'];
  }
}
