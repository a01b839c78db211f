import type { Mutant } from './mutant.ts';
import { claimOf, operationOf, type RawDocument, type RawSchema, schemaNamed } from './raw-document.ts';

/** Where a property of an answer stands. */
interface Place {
  readonly answer: string;
  readonly name: string;
  readonly property: RawSchema;
  readonly claim: string;
  /** The object of the changed document that has the property. */
  readonly parent: (document: RawDocument) => RawSchema;
}

/** Every single-step change of every constraint on an answer: properties, statuses, media types. */
export function answerMutants(document: RawDocument): Mutant[] {
  return [...placesOf(document).flatMap(propertyMutants), ...tokenScopeMutants(document), ...responseMutants(document)];
}

function placesOf(document: RawDocument): Place[] {
  const customer = schemaNamed(document, 'Customer');
  const juspay = juspayOf(document);
  return [
    ...places('customer', customer, (changed) => schemaNamed(changed, 'Customer')),
    ...places('token', juspay, juspayOf),
    ...places('bad-request', schemaNamed(document, 'BadRequest'), (changed) => schemaNamed(changed, 'BadRequest')),
  ];
}

function places(answer: string, schema: RawSchema, parent: Place['parent']): Place[] {
  return Object.entries(schema.properties ?? {}).map(([name, property]) => ({
    answer,
    name,
    property,
    parent,
    claim: schema.required?.includes(name) === true ? claimOf(schema, 'required', name) : claimOf(property, 'type'),
  }));
}

function juspayOf(document: RawDocument): RawSchema {
  const juspay = schemaNamed(document, 'CustomerWithToken').allOf?.[1]?.properties?.['juspay'];
  if (juspay === undefined) throw new Error('the document has no juspay object');
  return juspay;
}

/** A customer that exists is asked for its token by TK-4's cases, and is compared by GC-1's and TK-5's. */
function relatedTo({ answer, name, claim }: Place): Record<string, string> {
  const related: Record<string, string> = {};
  if (claim === 'TK-1') related['TK-4'] = 'the same answer for a customer that exists';
  if (answer === 'customer' && name === 'id') {
    related['GC-2'] = 'two customers with the same wrong id share it';
    related['GC-3'] = 'customers at the same time share the wrong id';
  }
  if (answer === 'token' && name === 'client_auth_token') related['TK-6'] = 'two customers share the wrong token';
  if (answer === 'customer' && claim === 'RS-4') {
    related['EP-2'] = 'a value that a decoding case sent does not come back';
    related['GC-4'] = 'an empty value is also what a refused call without the field would have left';
  }
  return related;
}

function propertyMutants(place: Place): Mutant[] {
  const { answer, name, property, claim, parent } = place;
  const related = relatedTo(place);
  const make = (what: string, description: string, change: (schema: RawSchema) => void, blamed = claim): Mutant => ({
    id: `${answer}.${name}:${what}`,
    kind: 'answer',
    claim: blamed,
    description,
    related,
    change: (document) => change(parent(document)),
  });
  const always = (what: string, description: string, value: unknown): Mutant =>
    make(what, description, (schema) => {
      (schema.properties ?? {})[name] = { const: value };
    });
  const renamed = (other: string): Mutant =>
    make(
      `renamed-${other}`,
      `${name} is spelled ${other}`,
      (schema) => {
        schema.properties = rename(schema.properties ?? {}, name, other);
        schema.required = (schema.required ?? []).map((entry) => (entry === name ? other : entry));
      },
      answer === 'bad-request' ? claim : 'RS-6',
    );
  return [
    make('dropped', `${name} is left out`, (schema) => {
      delete schema.properties?.[name];
      schema.required = (schema.required ?? []).filter((entry) => entry !== name);
    }),
    renamed(`${name.slice(0, 1).toUpperCase()}${name.slice(1)}`),
    ...(name.includes('_') ? [renamed(camelCase(name))] : []),
    ...Object.entries({ number: 7, boolean: true, null: null, array: ['text'], object: { value: 'text' } }).map(
      ([type, value]) => always(`as-${type}`, `${name} is of type ${type}`, value),
    ),
    always('emptied', `${name} is an empty text`, ''),
    ...(property.const === undefined ? [] : [always('other-constant', `${name} is another text`, 'merchant')]),
    ...(property.const === undefined
      ? []
      : [always('other-case', `${name} is in capitals`, String(property.const).toUpperCase())]),
    ...(property.format === 'date-time'
      ? BAD_TIMES.map(([what, value]) => always(what, `${name} is ${value}`, value))
      : []),
    ...echoMutants(place, make),
  ];
}

const BAD_TIMES: readonly [string, string][] = [
  ['date-alone', '2020-03-17'],
  ['no-zone', '2020-03-17T14:16:31'],
  ['no-such-day', '2020-02-30T14:16:31Z'],
  ['seconds-since-1970', '1584454591'],
  ['mail-date', 'Tue, 17 Mar 2020 14:16:31 GMT'],
];

/** A value that is promised to come back comes from elsewhere. */
function echoMutants(
  { name, property, parent }: Place,
  make: (what: string, description: string, change: (schema: RawSchema) => void) => Mutant,
): Mutant[] {
  const source = property['x-source'] ?? '';
  if (!source.startsWith('request.')) return [];
  const others = [
    'object_reference_id',
    'mobile_number',
    'email_address',
    'first_name',
    'last_name',
    'mobile_country_code',
  ]
    .map((field) => `request.${field}`)
    .filter((other) => other !== source);
  const from = (other: string) => (schema: RawSchema) => {
    const changed = schema.properties?.[name];
    if (changed !== undefined) changed['x-source'] = other;
  };
  void parent;
  return [
    ...others.map((other) => make(`from-${other}`, `${name} holds ${other}`, from(other))),
    make('not-echoed', `${name} is always the same text`, (schema) => {
      (schema.properties ?? {})[name] = { const: 'ordinary text' };
    }),
  ];
}

/** A property that is left out of the answers with a token alone, or of those without. */
function tokenScopeMutants(document: RawDocument): Mutant[] {
  const customer = schemaNamed(document, 'Customer');
  return places('customer', customer, () => customer).flatMap(({ name, claim }) =>
    (['CustomerWithToken', 'CustomerWithoutToken'] as const).map((scope): Mutant => {
      const withToken = scope === 'CustomerWithToken';
      return {
        id: `${scope}.${name}:dropped`,
        kind: 'answer',
        claim,
        description: `${name} is left out of answers ${withToken ? 'with' : 'without'} a token`,
        related: {
          ...(withToken ? { 'TK-5': 'asking for a token is what loses the field' } : {}),
          ...relatedTo({ answer: 'customer', name, claim, property: {}, parent: () => customer }),
        },
        change(changed) {
          const part = schemaNamed(changed, scope).allOf?.[1];
          if (part !== undefined) part.properties = { ...part.properties, [name]: { not: {} } };
        },
      };
    }),
  );
}

const OTHER_STATUSES: Readonly<Record<string, readonly number[]>> = {
  accepted: [201, 202, 203, 206, 302, 400, 404, 409, 500],
  'bad-request': [200, 302, 401, 403, 404, 409, 415, 422, 500],
};

const OTHER_MEDIA_TYPES = [
  'text/html',
  'text/plain',
  'application/xml',
  'application/octet-stream',
  'application/jsonp',
];

function responseMutants(document: RawDocument): Mutant[] {
  return Object.entries(operationOf(document).operation.responses).flatMap(([status, response]): Mutant[] => {
    const outcome = response['x-outcome'];
    const claims = response['x-claims'];
    if (outcome === undefined || claims === undefined) return [];
    const make = (what: string, claim: string | undefined, change: Mutant['change']): Mutant => ({
      id: `${status}:${what}`,
      kind: 'answer',
      claim: claim ?? '',
      description: `answers of status ${status} have ${what.replaceAll('-', ' ')}`,
      related: {},
      ...(change === undefined ? {} : { change }),
    });
    return [
      ...(OTHER_STATUSES[outcome] ?? []).map((other) =>
        make(`status-${other}`, claims['status'], (changed) => {
          const { operation } = operationOf(changed);
          // Under a name that is free: the other outcome may have this status already.
          const { [status]: moved, ...rest } = operation.responses;
          if (moved !== undefined) operation.responses = { ...rest, [`0${other}`]: moved };
        }),
      ),
      ...OTHER_MEDIA_TYPES.map((mediaType) =>
        make(`media-type-${mediaType}`, claims['content'], (changed) => {
          const found = operationOf(changed).operation.responses[status];
          if (found?.content !== undefined) found.content = { [mediaType]: Object.values(found.content)[0] };
        }),
      ),
    ];
  });
}

function rename<T>(record: Record<string, T>, name: string, other: string): Record<string, T> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key === name ? other : key, value]));
}

function camelCase(name: string): string {
  return name.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());
}
