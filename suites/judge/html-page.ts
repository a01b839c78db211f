import type { HttpAnswer } from '../targets/target.ts';

/** Maximum characters quoted of each text. */
const QUOTED = 160;

/** The name of a page that a gateway sends instead of the API's answer. */
export const PAGE = 'an HTML page';

/** Whether the body is HTML: the answer of a proxy, a firewall or a sign-in page. */
export function isPage({ headers, body }: Pick<HttpAnswer, 'headers' | 'body'>): boolean {
  const text = new TextDecoder().decode(body.subarray(0, 1000)).trimStart();
  return text.startsWith('<') || (/^text\/html\b/i.test(headers['content-type'] ?? '') && !/^[{[]/.test(text));
}

/** A page by its title: `an HTML page "403 Forbidden"`. */
export function pageInWords({ body }: Pick<HttpAnswer, 'body'>): string {
  const title = /<(title|h1)[^>]*>([^<]+)/i.exec(new TextDecoder().decode(body))?.[2];
  return title === undefined ? PAGE : `${PAGE} ${quote(title)}`;
}

/** The status of an answer, and its title if it is a page. */
export function statusInWords(answer: Pick<HttpAnswer, 'status' | 'headers' | 'body'>): string {
  return `status ${answer.status}${isPage(answer) ? `, ${pageInWords(answer)}` : ''}`;
}

/** A text of the server in one line, truncated. */
export function quote(text: string): string {
  const line = text.trim().replace(/\s+/g, ' ');
  return `"${line.length > QUOTED ? `${line.slice(0, QUOTED)}…` : line}"`;
}
