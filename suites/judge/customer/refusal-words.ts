import type { HttpAnswer } from '../../targets/target.ts';
import { isAccepted, jsonIn, valueAt } from '../body.ts';
import { isPage, PAGE, pageInWords, quote } from '../html-page.ts';
import { isCustomerBody } from './refused-answer.ts';

/** Fields with error details, at the top of a body or in its `error_info`. */
const SAID = ['error_code', 'error_message', 'code', 'user_message', 'developer_message'];

/** Advice for a refusal, most specific first: the server's text counts before its status. */
const ADVICE: readonly (readonly [when: (status: number, said: string) => boolean, advice: string])[] = [
  [
    (status) => status >= 300 && status < 400,
    'Redirects are not followed: check JUSPAY_BASE_URL (http or https, host, path)',
  ],
  [
    (_, said) => /bad[ _]?origin|\bip\b.*(?:verif|allow|white|block|restrict)|(?:allow|white)-?list/i.test(said),
    'The service lets in only the IP addresses that it knows: have the address that this machine (or its proxy) calls ' +
      'from added to the allow-list of the account',
  ],
  [(_, said) => /merchant/i.test(said), 'Check JUSPAY_MERCHANT_ID, and that JUSPAY_API_KEY belongs to it'],
  [
    (status, said) => status === 401 || /api.?key|authenti|unauthori[sz]ed|access.denied/i.test(said),
    'Check JUSPAY_API_KEY, and that it belongs to this server (JUSPAY_BASE_URL) and to JUSPAY_MERCHANT_ID',
  ],
  [
    (_, said) => said.startsWith(PAGE),
    'That is not the API: check JUSPAY_BASE_URL, and whether a proxy, a firewall or a sign-in page stands between this ' +
      'machine and the service',
  ],
  [
    (status) => status === 403,
    'Check JUSPAY_API_KEY and JUSPAY_MERCHANT_ID, and whether the service lets in this machine (an IP allow-list, a firewall)',
  ],
  [
    (status) => status === 404 || status === 405,
    'Check JUSPAY_BASE_URL and its path: requests go to /v2/customers below it',
  ],
  [(status) => status >= 500, 'The service itself failed: try again later'],
  [
    () => true,
    'The documentation allows this call: the service may require a header (JUSPAY_HEADERS), or a setting of the account',
  ],
];

/** Whether an answer accepts an ordinary call: by status, or by a customer in the body. */
export function isLetIn(answer: HttpAnswer): boolean {
  return (isAccepted(answer) || isCustomerBody(answer)) && !isPage(answer);
}

/**
 * Explains the refusal of an ordinary call in one line: status, the server's own words, and advice. Not masked or escaped.
 */
export function refusalInWords(answer: HttpAnswer): string {
  const { status, headers } = answer;
  const location = headers['location'];
  const said = location === undefined ? saidIn(answer) : `to ${quote(location)}`;
  return `status ${status}${said === '' ? '' : `, ${said}`}. ${adviceFor(status, said)}`;
}

function adviceFor(status: number, said: string): string {
  const header = wantedHeader(said);
  if (header !== undefined) {
    return (
      `It requires a header: JUSPAY_HEADERS sends one with every call, for example JUSPAY_HEADERS='${header}: ` +
      `{object_reference_id}'`
    );
  }
  return ADVICE.find(([when]) => when(status, said))?.[1] ?? '';
}

/** The name of a missing header in the server's text, also in the form of a field: `xRoutingId`. */
function wantedHeader(said: string): string | undefined {
  const [name] = /\b[xX][-_][A-Za-z][\w-]+\b|\bx(?:[A-Z][a-z]+)+\b|\b[rR]outing[ _-]?[iI][dD]\b/.exec(said) ?? [];
  if (name === undefined) return undefined;
  const words = name.replace(/([a-z])([A-Z])/g, '$1-$2').toLowerCase();
  const header = words.replace(/[_ ]/g, '-').replace(/^(?!x-)/, 'x-');
  return /^x-merchant-?id$/.test(header) ? undefined : header;
}

function saidIn(answer: HttpAnswer): string {
  if (isPage(answer)) return pageInWords(answer);
  const body = jsonIn(answer.body);
  if (typeof body !== 'object' || body === null) {
    const text = new TextDecoder().decode(answer.body);
    return text.trim() === '' ? '' : `the body ${quote(text)}`;
  }
  return ['', '/error_info']
    .flatMap((place) => SAID.map((name) => [name, valueAt(body, `${place}/${name}`)] as const))
    .flatMap(([name, value]) => (typeof value === 'string' && value.trim() !== '' ? [`${name} ${quote(value)}`] : []))
    .join(', ');
}
