import type { Observation } from '../result.ts';

type Values = Observation['values'];

/** The sentence of each observation; never parsed. */
const SENTENCES: Readonly<Record<string, (values: Values) => string>> = {
  accepted: ({ status, token }) =>
    `accepted with ${status}${token === undefined ? '' : token === true ? ', a token' : ', no token'}`,
  refused: ({ status, mediaType }) => `refused with ${status}, ${mediaType}`,
  'no-answer': () => 'no answer',
  'in-turn': ({ answers }) => (answers as readonly Observation[]).map(observationText).join(', then '),
  'came-back': ({ changed }) => `accepted, ${listed(changed) || 'everything came back'}`,
  'field-absent': () => 'absent',
  'field-holds': ({ name, holds }) => `${name} holds ${holds}`,
  'unsent-fields': ({ fields }) => listed(fields),
  updated: () => 'updated to the later data',
  kept: () => 'the first data kept',
  'neither-data': () => 'neither the first nor the later data',
  'one-customer': () => 'one customer',
  'two-customers': () => 'two customers',
  lifetime: ({ seconds }) => `about ${seconds} seconds`,
  'not-told': ({ why }) => `unknown: ${why}`,
  'token-reused': () => 'the same token again',
  'token-new': () => 'a new token each time',
  spelling: ({ prefix, length, kind }) => `${prefix === '' ? '' : `"${prefix}" and `}${length} ${kind}`,
  'error-words': ({ words, further }) => {
    const names = further as readonly string[];
    return `${listed(words)}${names.length === 0 ? '' : `, further fields ${names.join(', ')}`}`;
  },
};

/** An observation as a sentence. */
export function observationText({ code, values }: Observation): string {
  return (Object.hasOwn(SENTENCES, code) ? SENTENCES[code]?.(values) : undefined) ?? code;
}

function listed(named: unknown): string {
  return Object.entries(named as Readonly<Record<string, string>>)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ');
}
