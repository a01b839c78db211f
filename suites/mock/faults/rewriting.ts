import { CONFORMING_STEPS, type MockRequest, type MockResponse } from '../steps.ts';
import type { Fields } from '../store.ts';
import type { Fault, FaultPatch } from './fault.ts';

export type Body = Readonly<Record<string, unknown>>;
type Rewrite = NonNullable<FaultPatch['rewrite']>;

/** Changes finished answers. */
export function rewrites(rewrite: Rewrite): Fault['patch'] {
  return () => ({ rewrite });
}

/** Changes the JSON body of accepted answers. */
export function answers(change: (body: Body, sent: Fields) => unknown): Fault['patch'] {
  return rewrites((response, request) =>
    response.status === 200 && typeof response.body === 'string'
      ? { ...response, body: JSON.stringify(change(JSON.parse(response.body) as Body, sentIn(request))) }
      : response,
  );
}

/** Changes every n-th answer. @param isCounted default: every answer */
export function everyNth(
  n: number,
  change: (response: MockResponse) => MockResponse,
  isCounted: (response: MockResponse) => boolean = () => true,
): Fault['patch'] {
  return () => {
    let count = 0;
    return {
      rewrite(response) {
        if (!isCounted(response)) return response;
        count += 1;
        return count % n === 0 ? change(response) : response;
      },
    };
  };
}

/** The fields in a request's form. */
export function sentIn({ body }: MockRequest): Fields {
  return CONFORMING_STEPS.decode(body);
}

/** The object without a property. */
export function without(body: Body, property: string): Body {
  const { [property]: _, ...rest } = body;
  return rest;
}
