import { UNREADABLE } from '../../../recording/har.ts';
import type { OperationExchange } from './operation-exchange.ts';

/** What a file tells of the credentials of a request. */
export type Access =
  /** They must be refused, by this claim. */
  | { readonly kind: 'must-refuse'; readonly claim: 'AU-3' | 'AU-4' }
  /** The same ones were let in elsewhere in the file, so that a refusal is about something else. */
  | { readonly kind: 'let-in' }
  | { readonly kind: 'unknown'; readonly why: string };

/** Tells the credentials of every exchange of one file, by what the file itself holds. */
export function readAccess(exchanges: readonly OperationExchange[]): (exchange: OperationExchange) => Access {
  const letIn = new Set(exchanges.filter(isAnsweredWithCustomer).map(credentialsOf));
  // Where no call of a file has one, whoever cleaned the file took it out.
  const hasMerchants = exchanges.some(({ headers }) => !['', UNREADABLE].includes(headers['x-merchantid'] ?? ''));
  return (exchange) => {
    const { headers } = exchange;
    // A file without any request header was cleaned of them: absent says nothing there.
    if (hasMerchants && Object.keys(headers).length > 0 && (headers['x-merchantid'] ?? '') === '') {
      return { kind: 'must-refuse', claim: 'AU-4' };
    }
    if (userOf(headers['authorization']) === '') return { kind: 'must-refuse', claim: 'AU-3' };
    const credentials = credentialsOf(exchange);
    if (credentials === undefined) {
      const why = 'whether the credentials were right is not in the file (many tools leave them out)';
      return { kind: 'unknown', why };
    }
    if (letIn.has(credentials)) return { kind: 'let-in' };
    return { kind: 'unknown', why: 'the same credentials are nowhere accepted in the file, and may be wrong' };
  };
}

function isAnsweredWithCustomer({ answer }: OperationExchange): boolean {
  return answer !== undefined && answer.status >= 200 && answer.status < 300;
}

/** Undefined where the file does not tell one key from another. */
function credentialsOf({ baseUrl, headers }: OperationExchange): string | undefined {
  const authorization = headers['authorization'];
  const told = userOf(authorization) !== undefined || /^Basic \[credentials: [\w-]+\]$/.test(authorization ?? '');
  return told ? JSON.stringify([baseUrl, authorization, headers['x-merchantid']]) : undefined;
}

/** The user name of Basic credentials; undefined where there are none that can be read. */
export function userOf(authorization: string | undefined): string | undefined {
  const [, encoded] = /^basic +([\w+/=-]+) *$/i.exec(authorization ?? '') ?? [];
  return encoded === undefined ? undefined : Buffer.from(encoded, 'base64').toString('latin1').split(':', 1)[0];
}
