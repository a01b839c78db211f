import { UNREADABLE } from '../../../recording/har-members.ts';
import type { OperationExchange } from './operation-exchange.ts';

/** What a file shows about a request's credentials. */
export type Access =
  /** They must be refused, by this claim. */
  | { readonly kind: 'must-refuse'; readonly claim: 'AU-3' | 'AU-4' }
  /** The same credentials were accepted elsewhere in the file, so that a refusal has another reason. */
  | { readonly kind: 'let-in' }
  | { readonly kind: 'unknown'; readonly why: string };

/** Determines the access of every exchange of a file. */
export function readAccess(exchanges: readonly OperationExchange[]): (exchange: OperationExchange) => Access {
  const letIn = new Set(exchanges.filter(isAnsweredWithCustomer).map(credentialsOf));
  // If no call of a file has the header, it was removed from the file.
  const hasMerchants = exchanges.some(({ headers }) => !['', UNREADABLE].includes(headers['x-merchantid'] ?? ''));
  return (exchange) => {
    const { headers } = exchange;
    // In a file without any request headers they were removed.
    if (hasMerchants && Object.keys(headers).length > 0 && (headers['x-merchantid'] ?? '') === '') {
      return { kind: 'must-refuse', claim: 'AU-4' };
    }
    if (userOf(headers['authorization']) === '') return { kind: 'must-refuse', claim: 'AU-3' };
    const credentials = credentialsOf(exchange);
    if (credentials === undefined) {
      const why = 'the file does not say whether the credentials were right (many tools remove them)';
      return { kind: 'unknown', why };
    }
    if (letIn.has(credentials)) return { kind: 'let-in' };
    return { kind: 'unknown', why: 'the same credentials are never accepted in the file, and may be wrong' };
  };
}

function isAnsweredWithCustomer({ answer }: OperationExchange): boolean {
  return answer !== undefined && answer.status >= 200 && answer.status < 300;
}

/** Undefined if the file does not distinguish keys. */
function credentialsOf({ baseUrl, headers }: OperationExchange): string | undefined {
  const authorization = headers['authorization'];
  const told = userOf(authorization) !== undefined || /^Basic \[credentials: [\w-]+\]$/.test(authorization ?? '');
  return told ? JSON.stringify([baseUrl, authorization, headers['x-merchantid']]) : undefined;
}

/** The user name of Basic credentials; undefined without readable ones. */
export function userOf(authorization: string | undefined): string | undefined {
  const [, encoded] = /^basic +([\w+/=-]+) *$/i.exec(authorization ?? '') ?? [];
  return encoded === undefined ? undefined : Buffer.from(encoded, 'base64').toString('latin1').split(':', 1)[0];
}
