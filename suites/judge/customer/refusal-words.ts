import type { HttpAnswer } from '../../targets/target.ts';
import { isAccepted } from '../body.ts';
import { isCustomerBody } from './refused-answer.ts';

/** How much of each text of a server is quoted, in characters. */
const QUOTED = 160;

/** The fields in which the service says what is wrong, at the top of a body or in its `error_info`. */
const SAID = ['error_code', 'error_message', 'code', 'user_message', 'developer_message'];

/** What a refusal suggests, the most telling first: what the server says counts before its status. */
const ADVICE: readonly { readonly when: (status: number, said: string) => boolean; readonly advice: string }[] = [
  {
    when: (status) => status >= 300 && status < 400,
    advice: 'A redirect is not followed: check JUSPAY_BASE_URL (http or https, host, path)',
  },
  {
    when: (_, said) => /bad[ _]?origin|\bip\b.*(?:verif|allow|white|block|restrict)|(?:allow|white)-?list/i.test(said),
    advice:
      'The service lets in only the IP addresses that it knows: have the address that this machine (or its proxy) calls ' +
      'from added to the allow-list of the account',
  },
  {
    when: (_, said) => /merchant/i.test(said),
    advice: 'Check JUSPAY_MERCHANT_ID, and that JUSPAY_API_KEY belongs to it',
  },
  {
    when: (status, said) => status === 401 || /api.?key|authenti|unauthori[sz]ed|access.denied/i.test(said),
    advice: 'Check JUSPAY_API_KEY, and that it belongs to this server (JUSPAY_BASE_URL) and to JUSPAY_MERCHANT_ID',
  },
  {
    when: (_, said) => said.startsWith(PAGE),
    advice:
      'That is not the API: check JUSPAY_BASE_URL, and whether a proxy, a firewall or a sign-in page stands between this ' +
      'machine and the service',
  },
  {
    when: (status) => status === 403,
    advice:
      'Check JUSPAY_API_KEY and JUSPAY_MERCHANT_ID, and whether the service lets in this machine (an IP allow-list, a firewall)',
  },
  {
    when: (status) => status === 404 || status === 405,
    advice: 'Check JUSPAY_BASE_URL and its path: requests go to /v2/customers below it',
  },
  { when: (status) => status >= 500, advice: 'The service itself failed: try again later' },
];

const PAGE = 'an HTML page';

/** Whether an answer lets an ordinary call in: by its status, or by the customer in it whatever the status. */
export function isLetIn(answer: HttpAnswer): boolean {
  return (isAccepted(answer) || isCustomerBody(answer)) && !isPage(answer);
}

/**
 * Says why an ordinary call is not let in: the status, the server's own words, and what they suggest. In one line; neither
 * masked nor made safe for a terminal.
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
      `It wants a header: JUSPAY_HEADERS sends one with every call, for example JUSPAY_HEADERS='${header}: ` +
      `{object_reference_id}'`
    );
  }
  const found = ADVICE.find(({ when }) => when(status, said));
  return (
    found?.advice ??
    'The documentation allows this call: the service may want a header beside it (JUSPAY_HEADERS), or something of the account'
  );
}

/** The name of a header that the server misses, also where it is written as a field of its code: `xRoutingId`. */
function wantedHeader(said: string): string | undefined {
  const [name] = /\b[xX][-_][A-Za-z][\w-]+\b|\bx(?:[A-Z][a-z]+)+\b|\b[rR]outing[ _-]?[iI][dD]\b/.exec(said) ?? [];
  if (name === undefined) return undefined;
  const words = name.replace(/([a-z])([A-Z])/g, '$1-$2').toLowerCase();
  const header = words.replace(/[_ ]/g, '-').replace(/^(?!x-)/, 'x-');
  return /^x-merchant-?id$/.test(header) ? undefined : header;
}

function saidIn(answer: HttpAnswer): string {
  const text = new TextDecoder().decode(answer.body);
  if (isPage(answer)) {
    const title = /<(title|h1)[^>]*>([^<]+)/i.exec(text)?.[2];
    return `${PAGE}${title === undefined ? '' : ` ${quote(title)}`}`;
  }
  const body = parse(text);
  if (body === undefined) return text.trim() === '' ? '' : `the body ${quote(text)}`;
  const info = typeof body['error_info'] === 'object' ? (body['error_info'] as Record<string, unknown> | null) : null;
  return [body, info ?? {}]
    .flatMap((part) => SAID.map((name) => [name, part[name]] as const))
    .flatMap(([name, value]) => (typeof value === 'string' && value.trim() !== '' ? [`${name} ${quote(value)}`] : []))
    .join(', ');
}

function isPage({ headers, body }: HttpAnswer): boolean {
  const text = new TextDecoder().decode(body.subarray(0, 1000)).trimStart();
  return text.startsWith('<') || (/^text\/html\b/i.test(headers['content-type'] ?? '') && !/^[{[]/.test(text));
}

function parse(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

function quote(text: string): string {
  const line = text.trim().replace(/\s+/g, ' ');
  return `"${line.length > QUOTED ? `${line.slice(0, QUOTED)}…` : line}"`;
}
