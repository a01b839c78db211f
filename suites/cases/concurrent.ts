import { type Case, makeCase, type Step } from './case.ts';
import { type Changes, customer, customerWithoutToken, customerWithToken, prepare, TOKEN_OPTION } from './data.ts';

/** Seven concurrent calls: enough to overlap on a server with a few workers, but not too many for a sandbox. */
const BURST = [...'abcdefg'];

/** Concurrent calls for different customers. */
const CROWD = BURST.slice(0, 6);

/** Errors in every answer are not blamed on concurrency. */
const ONE_OF_ALL = [
  { kind: 'one-id', steps: [0, 1] },
  { kind: 'same-created', steps: [0, 1], claim: 'GC-1' },
] as const;

const GIVES_ONE_ID = { expect: 'accepted', blames: 'RS-1', echoClaim: null, tokenClaim: 'TK-4' } as const;

/** Concurrent calls with one new reference, and one afterwards. @param changes of each call @param after of the last one */
function oneNewReference(
  name: string,
  title: string,
  [letters, label]: readonly [readonly string[], string],
  changes: (index: number) => Changes,
  after: Step,
): Case {
  const calls = letters.map((letter, index) => ({ fields: customer(changes(index), letter) }));
  const steps = [{ label, calls, ...GIVES_ONE_ID }, after];
  return makeCase(`GC-3/${name}`, title, steps, { customers: 'new', relations: ONE_OF_ALL });
}

const SHARED = { object_reference_id: 'conf-{24}' };
const SHARED_WITH_TOKEN = { object_reference_id: 'conf-{24}-t' };

/** Concurrent calls for one reference, and for several. */
export const concurrent: readonly Case[] = [
  oneNewReference(
    'one-new-reference',
    'concurrent calls with one new reference give one id',
    [BURST, 'seven calls at once'],
    (index) => ({ ...SHARED, ...(index === 3 ? { [TOKEN_OPTION]: 'true' } : {}) }),
    prepare('the call afterwards', customerWithToken(SHARED, 'a'), { echoClaim: null, tokenClaim: 'TK-4' }),
  ),
  oneNewReference(
    'one-new-reference-with-token',
    'concurrent calls with one new reference, some of them for tokens, give one id',
    [CROWD, 'six calls at once'],
    (index) => ({ ...SHARED_WITH_TOKEN, [TOKEN_OPTION]: [undefined, 'true', 'true', 'false'][index % 4] }),
    prepare('the call afterwards', customerWithoutToken(SHARED_WITH_TOKEN, 'b'), { echoClaim: null }),
  ),
  makeCase(
    'GC-3/each-its-own-answer',
    'concurrent calls for different customers each get their own answer',
    [
      {
        label: 'six customers at once',
        calls: CROWD.map((letter, index) => ({
          fields: customer(
            {
              // Of the same length and form, so that only the value differs.
              mobile_number: `0${index}887766${index}5`,
              mobile_country_code: ['65', '91', '44', '81', '60', '62'][index],
              first_name: `-Mc(${letter}).Ma--ria_O..N${letter}`,
              last_name: `_Tan.${letter}--(x)__McD${letter}.`,
              email_address: `o'Mc.N+${letter}_&amp=%41$x#{b}|/~?--z@Sub-${letter}.Example.com`,
              [TOKEN_OPTION]: index % 2 === 0 ? 'true' : undefined,
            },
            letter,
          ),
        })),
        expect: 'accepted',
        blames: 'RS-1',
        mixUpClaim: 'GC-3',
      },
    ],
    { relations: [{ kind: 'different-ids', steps: [0], claim: 'GC-2' }] },
  ),
];
