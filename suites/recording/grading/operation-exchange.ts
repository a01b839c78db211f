import type { Contract } from '../../../spec/contract.ts';
import type { HttpAnswer } from '../../targets/target.ts';
import { bodyOf, type Har, type HarEntry, headersOf } from '../har.ts';

/** An exchange of someone else's traffic, as far as it is our operation. */
export interface OperationExchange {
  /** Place in the file, from 1. */
  readonly number: number;
  /** Scheme, host and port, and the path before the operation's. */
  readonly baseUrl: string;
  /** Names in small letters. */
  readonly headers: Readonly<Record<string, string>>;
  /** The media type of the request without its parameters, in small letters; empty where none is named. */
  readonly mediaType: string;
  /** The media type has a parameter, as browsers write one; the page leaves open whether it is taken (EP-5). */
  readonly hasParameter: boolean;
  /** The form's fields, decoded; undefined where the file holds no body that could be read as one. */
  readonly fields?: Readonly<Record<string, string>>;
  /** A field is there more than once. */
  readonly repeats: boolean;
  /** What came back; undefined where nothing did. */
  readonly answer?: HttpAnswer;
  /** The file holds the answer's body. */
  readonly bodyKnown: boolean;
}

/** The exchanges of the operation in a HAR, and how many others there are. */
export function findOperation(
  har: Har,
  contract: Pick<Contract, 'document'>,
): { readonly exchanges: readonly OperationExchange[]; readonly ignored: number } {
  const [path = ''] = Object.keys(contract.document.paths ?? {});
  const exchanges = har.log.entries.flatMap((entry, index): OperationExchange[] => {
    const url = URL.canParse(entry.request?.url) ? new URL(entry.request.url) : undefined;
    const isOperation = entry.request?.method === 'POST' && url?.pathname.endsWith(path) === true;
    return isOperation ? [readExchange(entry, url, path, index + 1)] : [];
  });
  return { exchanges, ignored: har.log.entries.length - exchanges.length };
}

function readExchange(
  { request, response, time }: HarEntry,
  url: URL,
  path: string,
  number: number,
): OperationExchange {
  const headers = headersOf(request.headers ?? []);
  const [mediaType = '', parameter] = (headers['content-type'] ?? request.postData?.mimeType ?? '').split(';');
  const pairs = pairsOf(request.postData);
  const body = response?.content === undefined ? undefined : bodyOf(response);
  return {
    number,
    baseUrl: `${url.origin}${url.pathname.slice(0, -path.length)}`,
    headers,
    mediaType: mediaType.trim().toLowerCase(),
    hasParameter: parameter !== undefined,
    ...(pairs === undefined ? {} : { fields: Object.fromEntries(pairs) }),
    repeats: new Set(pairs?.map(([name]) => name)).size < (pairs?.length ?? 0),
    ...(response === undefined || !(response.status > 0)
      ? {}
      : {
          answer: {
            kind: 'answer' as const,
            status: response.status,
            headers: answerHeaders(response),
            body: body ?? new Uint8Array(),
            retried: [],
            ms: time,
          },
        }),
    bodyKnown: body !== undefined,
  };
}

/** A file whose headers were taken out still has the media type beside the content. */
function answerHeaders({ headers, content }: HarEntry['response']): Record<string, string> {
  const all = headersOf(headers ?? []);
  const mediaType = content?.mimeType ?? '';
  return Object.keys(all).length > 0 || mediaType === '' ? all : { 'content-type': mediaType };
}

function pairsOf(postData: HarEntry['request']['postData']): [string, string][] | undefined {
  if (postData?.text !== undefined && postData.text !== '') return [...new URLSearchParams(postData.text)];
  // Some tools write a form's parts and not its text; they decode them first.
  if (postData?.params !== undefined) return postData.params.map(({ name, value }) => [name, value ?? '']);
  return postData === undefined ? [] : [...new URLSearchParams(postData.text ?? '')];
}
