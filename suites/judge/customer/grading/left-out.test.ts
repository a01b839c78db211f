import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { loadContract } from '../../../../spec/contract.ts';
import { parseHar } from '../../../recording/har.ts';
import { gradeHar } from './grade-har.ts';

const contract = await loadContract();

const BODY = {
  id: 'cst_made0001',
  object: 'customer',
  object_reference_id: 'shop-cust-0001',
  mobile_number: '9988776655',
  first_name: 'Lena',
  date_created: '2026-03-01T09:00:00Z',
  last_updated: '2026-03-01T09:00:00Z',
};
const FORM_TYPE = 'application/x-www-form-urlencoded';
const FORM = 'object_reference_id=shop-cust-0001&mobile_number=9988776655&first_name=Lena';

/** One exchange of a server that conforms, with every member that HAR 1.2 has for it. */
function goodEntry() {
  const text = JSON.stringify(BODY);
  const headersOf = (headers: Record<string, string | number>) =>
    Object.entries(headers).map(([name, value]) => ({ name, value: String(value), comment: '' }));
  const both = { httpVersion: 'HTTP/1.1', cookies: [], headersSize: -1 };
  return {
    ...{ pageref: 'page_1', startedDateTime: '2026-03-01T10:00:00.000+01:00', time: 120, cache: {} },
    request: {
      ...{ ...both, method: 'POST', url: 'https://sandbox.example.test/v2/customers', queryString: [] },
      headers: headersOf({
        Authorization: 'Basic a19tYWRlX3VwXzc3Nzo=',
        'x-merchantid': 'mer_made_up',
        ...{ 'Content-Type': FORM_TYPE, 'Content-Length': FORM.length },
      }),
      postData: { mimeType: FORM_TYPE, params: pairs(), text: FORM },
      bodySize: FORM.length,
    },
    response: {
      ...{ ...both, status: 200, statusText: 'OK', redirectURL: '', bodySize: text.length },
      headers: headersOf({
        ...{ 'Content-Type': 'application/json', Date: 'Sun, 01 Mar 2026 09:00:00 GMT', 'Content-Length': text.length },
      }),
      content: { size: text.length, mimeType: 'application/json', text },
    },
    timings: { blocked: -1, dns: -1, connect: -1, send: 1, wait: 110, receive: 9, ssl: -1 },
    ...{ serverIPAddress: '192.0.2.1', connection: '1' },
  };
}

function grade(...entries: unknown[]) {
  const log = { version: '1.2', creator: { name: 'made up', version: '0' }, entries };
  return gradeHar(parseHar(JSON.stringify({ log })), contract);
}

/** Where each member of a value is, its own place first. */
function placesIn(value: unknown, place: readonly string[] = []): (readonly string[])[] {
  const below = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  return [place, ...below.flatMap(([name, child]) => placesIn(child, [...place, name]))];
}

/** The entry with another value at a place; undefined takes the member away. */
function changed(place: readonly string[], value: unknown): unknown {
  const entry: unknown = goodEntry();
  let parent = entry as Record<string, unknown>;
  for (const name of place.slice(0, -1)) parent = parent[name] as Record<string, unknown>;
  const last = place.at(-1);
  if (last === undefined) return value;
  if (value !== undefined) parent[last] = value;
  else if (Array.isArray(parent)) parent.splice(Number(last), 1);
  else delete parent[last];
  return entry;
}

function hasMerchant(entry: unknown): boolean {
  return /"x-merchantid","value":"?[^",}n]/.test(JSON.stringify(entry) ?? '');
}

const OTHERS = [undefined, null, '', 0, -1, 7.5, true, 'x', [], {}, [null], { name: null }, '[REDACTED]'];

test('an entry as it should be passes', () => {
  expect(grade(goodEntry()).exchanges).toMatchObject([{ verdict: 'pass' }]);
});

test('a field called as what every object has is an unknown one', () => {
  const entries = ['constructor', '__proto__', 'toString'].flatMap((name) => {
    const [accepted, refused] = [goodEntry(), goodEntry()].map((entry) => {
      entry.request.headers.pop();
      const postData = { mimeType: FORM_TYPE, text: `${FORM}&${name}=x` };
      return { ...entry, request: { ...entry.request, postData, bodySize: -1 } };
    });
    return [accepted, { ...refused, response: { ...refused?.response, status: 404 } }];
  });
  const graded = grade(...entries).exchanges.map(({ verdict, reason = '' }) => [verdict, reason.replace(/".*"/, 'X')]);
  const open = ['not-judged', 'status 404 may be for the field X, which is not documented (RQ-18)'];
  expect(graded).toEqual(['', '', ''].flatMap(() => [['pass', ''], open]));
});

test('whatever a tool leaves out, or writes otherwise, accuses no server and costs no other entry', () => {
  const places = placesIn(goodEntry());
  // A HAR that says so has an empty body, or another media type, and not one that was left out.
  const isSaid = (place: readonly string[], value: unknown) =>
    typeof value === 'string' && value !== '' && place.join('.') === 'response.headers.0.value';
  const all = places.flatMap((place) =>
    OTHERS.filter((value) => !isSaid(place, value)).map((value) => {
      return { place: place.join('.'), value, entry: changed(place, value) };
    }),
  );
  // Without a merchant id a call is another one, but for where no call of the file has one.
  const [named, unnamed] = [true, false].map((has) => all.filter(({ entry }) => has === hasMerchant(entry)));
  const accused = [named, unnamed].flatMap((some = []) => {
    const { exchanges } = grade(...some.map(({ entry }) => entry));
    return exchanges.flatMap(({ number, flaws }) => {
      const { place, value } = some[number - 1] ?? {};
      return flaws.map(({ claim, actual }) => ({ place, value, claim, actual }));
    });
  });
  expect(grade(...(named ?? []).map(({ entry }) => entry), goodEntry()).exchanges.at(-1)?.verdict).toBe('pass');
  expect(places.length).toBeGreaterThan(70);
  expect(accused).toEqual([]);
});

test('of two members left out or mistyped, too', () => {
  const places = placesIn(goodEntry()).filter((place) => place.length > 0 && !place.includes('headers'));
  const mistake = fc.tuple(fc.constantFrom(...places), fc.constantFrom(...OTHERS));
  fc.assert(
    fc.property(mistake, mistake, ([place, value], [other, instead]) => {
      const entry = changed(place, value);
      // What is below a member that is gone already goes nowhere.
      const at = other.slice(0, -1).reduce<unknown>((parent, name) => Object(parent)[name], entry);
      if (typeof at === 'object' && at !== null) Reflect.set(at, other.at(-1) ?? '', instead);
      const [graded, good] = grade(entry, goodEntry()).exchanges.slice(-2);
      expect((good ?? graded)?.verdict).toBe('pass');
      expect(good === undefined ? [] : graded?.flaws).toEqual([]);
    }),
    { seed: 11, numRuns: 150 },
  );
});

/** What tools make of the good entry's request or answer, each in its own way: the form's text and parts, and the content. */
const WHOLE = JSON.stringify(BODY);
const GZIP = gzipSync(WHOLE);
const JUDGED: Readonly<Record<string, Readonly<Record<string, object>>>> = {
  'Playwright, bodies embedded': { content: { text: base64(WHOLE), encoding: 'base64' } },
  'Chrome, parts that are not decoded': { postData: { params: pairs('last_name', 'T%28n') } },
  'Firefox, headers of the body before it': {
    postData: { text: `Content-Type: ${FORM_TYPE}\r\nContent-Length: 9\r\n\r\n${FORM}` },
  },
  'Charles, parts alone': { postData: { params: pairs() } },
  'Charles, a request in base64': { postData: { text: base64(FORM) } },
  mitmproxy: { content: { text: WHOLE, encoding: 'utf-8', compression: 3 } },
  'Postman, a part that is switched off': { postData: { params: pairs('last_name', '@', { disabled: true }) } },
  'a line end behind the form': { postData: { text: `${FORM}\r\n` } },
  'values taken out of the request': { postData: { text: FORM.replace('Lena', '[REDACTED]') } },
};
const UNJUDGED: typeof JUDGED = {
  'Playwright, bodies attached': { postData: { text: '', params: [], _file: 'a' }, content: { size: 99, _file: 'b' } },
  'Playwright, bodies omitted': { content: { size: -1, mimeType: 'x-unknown' } },
  'Chrome, a body that was lost': { content: { size: 0, mimeType: 'x-unknown' } },
  'Firefox, a body that was cut': { content: { size: 500, text: WHOLE.slice(0, 40) } },
  'a body that is still coded': {
    headers: [{ name: 'content-encoding', value: 'gzip' }],
    content: { text: base64(GZIP), encoding: 'base64' },
  },
  'a coded body as text': { content: { text: GZIP.toString('latin1') } },
  'values taken out of the answer': { content: { text: JSON.stringify({ ...BODY, first_name: '***' }) } },
};
const TOOLS = [
  ...Object.entries(JUDGED).map(([tool, wrote]) => [tool, 'pass', wrote] as const),
  ...Object.entries(UNJUDGED).map(([tool, wrote]) => [tool, 'not-judged', wrote] as const),
];

test.each(TOOLS)('%s: %s', (_, verdict, { postData, ...response }) => {
  const { request, response: answer, ...entry } = goodEntry();
  const [graded] = grade({
    ...entry,
    request: { ...request, ...(postData === undefined ? {} : { postData: { mimeType: FORM_TYPE, ...postData } }) },
    response: { ...answer, ...response },
  }).exchanges;
  expect(graded).toMatchObject({ verdict, flaws: [] });
});

function base64(value: string | Buffer): string {
  return Buffer.from(value).toString('base64');
}

/** The form's parts, and one more. */
function pairs(name?: string, value?: string, more: object = {}) {
  const own = [...new URLSearchParams(FORM)].map(([key, text]): object => ({ name: key, value: text }));
  return name === undefined ? own : [...own, { name, value, ...more }];
}

test('what is there is judged all the same', () => {
  const wrong = (change: Partial<typeof BODY>) => {
    const entry = goodEntry();
    const text = JSON.stringify({ ...BODY, ...change });
    return { ...entry, response: { ...entry.response, content: { ...entry.response.content, text } } };
  };
  const { request, ...rest } = wrong({ object: 'Customer' });
  const { postData: _, ...bare } = request;
  expect(grade({ request: bare, ...rest }).exchanges[0]?.flaws).toMatchObject([{ claim: 'RS-3' }]);
  const empty = { ...goodEntry().response, headers: [{ name: 'content-length', value: '0' }], content: { size: 0 } };
  expect(grade({ ...goodEntry(), response: empty }).exchanges[0]?.flaws).toMatchObject([{ claim: 'EP-4' }]);
});

test.each([401, 403])('a %i is about access, and says nothing about the request', (status) => {
  const refused = { ...goodEntry(), response: { ...goodEntry().response, status } };
  expect(grade(goodEntry(), refused).exchanges.map(({ verdict }) => verdict)).toEqual(['pass', 'not-judged']);
});

test('a call without x-merchantid is judged where other calls of the file have one', () => {
  const without = changed(['request', 'headers', '1'], undefined);
  expect(grade(without).verdict).toBe('conforms');
  expect(grade(without, goodEntry()).exchanges[0]?.flaws).toMatchObject([{ claim: 'AU-4' }, { claim: 'AU-4' }]);
});

test.each([
  ['at the same time, and the other one may have created the customer', '2026-03-01T09:00:00.050Z', []],
  ['afterwards', '2026-03-01T09:00:01.000Z', ['RS-4']],
])('a customer with the data of another call, made %s', (_, startedDateTime, broken) => {
  const ask = (first_name: string, start: string) => {
    const { request, ...entry } = goodEntry();
    const text = FORM.replace('Lena', first_name);
    return { ...entry, startedDateTime: start, request: { ...request, postData: { mimeType: FORM_TYPE, text } } };
  };
  const graded = grade(ask('Anna', '2026-03-01T09:00:00.000Z'), ask('Lena', startedDateTime));
  expect(graded.exchanges.flatMap(({ flaws }) => flaws.map(({ claim }) => claim))).toEqual(broken);
});
