import type { Case } from '../cases/case.ts';
import { OPERATION } from './operation.ts';

/** The one case that leaves a customer in production; every later run meets it again. */
export const PRODUCTION_CUSTOMER = OPERATION.productionCase;

/** Whether a case is run against a production host: it is refused, as far as the page goes, or it is the one that is not. */
export function inProduction({ id, customers, steps }: Case): boolean {
  if (id === PRODUCTION_CUSTOMER) return true;
  const refused = steps.every(({ expect }) => expect === 'bad-request' || expect === 'refused');
  return customers === 'kept' && refused;
}
