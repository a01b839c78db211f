import type { ReportedClaim } from './report.ts';

/** The documentation page's headings that claims come from, in its order; a level is parted from the next by ` › `. */
const HEADINGS = [
  'Get or Create Customer API',
  'Endpoints',
  'Content-Type',
  'Authorization › Basic Auth',
  'Headers › x-merchantid',
  'Headers › Content-Type',
  'Sample Response',
  'Sample Response › With Client Auth Token',
  'Body Parameters',
  'Body Parameters › object_reference_id',
  'Body Parameters › mobile_number',
  'Body Parameters › email_address',
  'Body Parameters › first_name',
  'Body Parameters › last_name',
  'Body Parameters › mobile_country_code',
  'Body Parameters › options.get_client_auth_token',
  'API Responses',
  'API Responses › 200',
  'API Responses › 200 › WITHOUT CLIENT_AUTH_TOKEN',
  'API Responses › 200 › WITH CLIENT_AUTH_TOKEN',
  'API Responses › 400',
] as const;

/** A heading of the page with the claims that come from it. */
export interface Heading {
  /** First its uppermost level. */
  readonly path: readonly string[];
  readonly claims: readonly ReportedClaim[];
}

/** The claims under the page's headings, in the page's order; headings that we do not know come last. */
export function outline(claims: readonly ReportedClaim[]): Heading[] {
  const known: readonly string[] = HEADINGS;
  const others = [...new Set(claims.map((claim) => claim.page))].filter((page) => !known.includes(page));
  return [...known, ...others].flatMap((page) => {
    const own = claims.filter((claim) => claim.page === page);
    return own.length === 0 ? [] : [{ path: page.split(' › '), claims: own }];
  });
}
