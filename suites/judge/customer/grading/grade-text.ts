import type { Claim } from '../../../../spec/claims.ts';
import { groupBy } from '../../../../spec/group-by.ts';
import { createMasker, type Masker } from '../../../secrets/mask.ts';
import { tokensIn } from '../../../secrets/tokens.ts';
import type { GradedExchange, GradedHar } from './grade-har.ts';
import type { OperationExchange } from './operation-exchange.ts';
import { userOf } from './request-access.ts';

/** A masker for the keys, merchant ids and tokens in a file. */
export function maskerFor(exchanges: readonly OperationExchange[]): Masker {
  const masker = createMasker([]);
  for (const { headers, answer } of exchanges) {
    masker.learn({ value: headers['authorization']?.replace(/^\w+ +/, '') ?? '', name: 'credentials' });
    masker.learn({ value: userOf(headers['authorization']) ?? '', name: 'API key' });
    masker.learn({ value: headers['x-merchantid'] ?? '', name: 'merchant id' });
    for (const value of tokensIn(new TextDecoder().decode(answer?.body ?? new Uint8Array()))) {
      masker.learn({ value, name: 'client auth token' });
    }
  }
  return masker;
}

/** The grades as text: first failures, then what could not be judged. Not escaped. @param mask for text from a server */
export function gradeText(
  { verdict, exchanges, ignored }: GradedHar,
  claims: readonly Pick<Claim, 'id' | 'reading'>[],
  mask: Masker['mask'],
): string {
  const readings = new Map(claims.map(({ id, reading }) => [id, reading]));
  const of = (wanted: GradedExchange['verdict']) => exchanges.filter((one) => one.verdict === wanted);
  const failed = of('fail');
  const unjudged = of('not-judged');
  const broken = [...new Set(failed.flatMap(({ flaws }) => flaws.map(({ claim }) => claim)))].sort();
  const findings = failed.flatMap(({ number, host, status, flaws }) =>
    flaws.map(({ claim, expected, actual, pointer = '' }) => ({
      number,
      text: [
        `${claim} fails: ${readings.get(claim) ?? 'a claim that is not in the table'}`,
        `  expected  ${pointer === '' ? '' : `at ${pointer} `}${mask(expected)}`,
        `  actual    ${mask(actual)}`,
        `  where     ${host}, status ${status}`,
      ].join('\n'),
    })),
  );
  const lines = [...groupBy(findings, ({ text }) => text)].map(([text, own]) => `${text}, ${listed(own)}`);
  const reasons = unjudged.map(({ number, reason = '' }) => ({ number, text: reason }));
  for (const [reason, own] of groupBy(reasons, ({ text }) => text))
    lines.push(`not judged: ${reason} (${listed(own)})`);
  const exchangeCount = `${exchanges.length} exchange${exchanges.length === 1 ? '' : 's'} of the operation`;
  const others = ignored === 0 ? '' : `; other entries, ignored: ${ignored}`;
  const counts = `${exchangeCount}: ${of('pass').length} pass, ${failed.length} fail, ${unjudged.length} not judged${others}`;
  const summary = {
    conforms: 'conforms, as far as this traffic shows',
    'does-not-conform': `does not conform: failing: ${broken.join(', ')}`,
    'could-not-judge': 'could not judge: no exchange shows enough',
  }[verdict];
  return [...lines, counts, summary, ''].join('\n');
}

/** Maximum exchanges to list for one text. */
const NAMED = 12;

function listed(exchanges: readonly { readonly number: number }[]): string {
  const numbers = exchanges.map(({ number }) => number);
  const more = numbers.length > NAMED ? ` and ${numbers.length - NAMED} more` : '';
  return `exchange${numbers.length === 1 ? '' : 's'} ${numbers.slice(0, NAMED).join(', ')}${more} of the file`;
}
