import { TOKEN_OPTION as TOKEN } from '../steps.ts';
import type { Fields } from '../store.ts';
import type { Trigger } from './front.ts';
import type { Random } from './random.ts';
import { without } from './value-triggers.ts';

/** A trigger by the form's encoding. */
export function spellingTrigger(random: Random): Trigger {
  const field = random.pick(['mobile_number', 'email_address', 'last_name', TOKEN]);
  const spelled = (
    weight: number,
    name: string,
    pattern: RegExp,
    value: (text: string) => string,
    key: (text: string) => string = String,
    from: (fields: Fields) => Fields = (fields) => fields,
  ): readonly [number, Trigger] => [
    weight,
    {
      ...{ name, claims: ['EP-2', 'RQ-6', 'RQ-9', 'RQ-11', 'RQ-16'] },
      fires: ({ request, is }) => is === 'accepted' && pattern.test(request.body),
      witness: (base) => {
        const pairs = Object.entries(from(base)).map(([one, other]) => `${key(one)}=${value(other)}`);
        return [{ fields: base, body: pairs.join('&') }];
      },
    },
  ];
  const ordered = (name: string) => (fields: Fields) => ({ [name]: fields[name] ?? 'true', ...without(fields, name) });
  const last = (name: string) => (fields: Fields) => ({ ...without(fields, name), [name]: fields[name] ?? '' });
  const REFERENCE = 'object_reference_id';
  return random.weighted<Trigger>([
    spelled(
      3,
      `${field} first`,
      new RegExp(`^${field.replace('.', '\\.')}=`),
      encodeURIComponent,
      String,
      ordered(field),
    ),
    spelled(2, 'the reference last', /&object_reference_id=[^&]*$/, encodeURIComponent, String, last(REFERENCE)),
    spelled(2, 'a lowercase escape', /%(?:\d[a-f]|[a-f][\da-f])/, (text) => encodeURIComponent(text).toLowerCase()),
    spelled(2, 'an escaped letter or digit', /%[4-7][1-9a-f]|%3\d/i, percentCode),
    spelled(2, 'an escaped field name', /(?:^|&)[^=&]*%/, percentCode, percentCode),
    spelled(2, 'an @ that is not escaped', /@/, String),
    spelled(1, 'a bare = in a value', /=[^&]*=/, String, String, (fields) => ({
      ...fields,
      email_address: 'a=b@example.com',
    })),
    spelled(1, 'an escaped hyphen, dot or underscore', /%(?:2d|2e|5f)/i, (text) => text.replaceAll('.', '%2E')),
    spelled(1, 'no escape at all', /^[^%]*$/, String),
  ]);
}

function percentCode(text: string): string {
  return Array.from(Buffer.from(text), (byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('');
}
