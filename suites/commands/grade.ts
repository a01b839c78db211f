import type { Definition } from './command.ts';

export const grade: Definition = {
  name: 'grade',
  summary: 'Judges the traffic in a HAR file from a browser, a proxy or a test tool. Sends nothing.',
  arguments: [['<file>', 'the HAR file']],
  examples: ['grade traffic.har'],
  exitCodes: '0 no claim is broken, 1 a claim is broken, 2 nothing could be judged',
  async run([file = '']) {
    const { EXIT_CODES } = await import('../../reports/report.ts');
    const { forTerminal } = await import('../../reports/terminal.ts');
    const { loadContract } = await import('../../spec/contract.ts');
    const { gradeHar } = await import('../judge/customer/grading/grade-har.ts');
    const text = await import('../judge/customer/grading/grade-text.ts');
    const { findOperation } = await import('../judge/customer/grading/operation-exchange.ts');
    const har = await import('../recording/har.ts');
    const contract = await loadContract();
    const content = har.readHar(file);
    const graded = gradeHar(content, contract);
    const masker = text.maskerFor(findOperation(content, contract).exchanges);
    process.stdout.write(forTerminal(text.gradeText(graded, contract.claims, masker.mask)));
    return EXIT_CODES[graded.verdict];
  },
};
