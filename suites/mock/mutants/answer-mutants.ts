import { Ajv2020 } from 'ajv/dist/2020.js';
import { FIELD_NAMES } from '../store.ts';
import { type Mutant, schemaMutant } from './mutant.ts';
import { claimOf, operationOf, type RawDocument, type RawSchema, schemaAt } from './raw-document.ts';

/** The position of a property in an answer. */
interface Place {
  readonly answer: string;
  readonly name: string;
  readonly property: RawSchema;
  readonly claim: string;
  /** Of the object with the property. */
  readonly pointer: string;
}

/** Every single change of every constraint on an answer: properties, statuses, media types. */
export function answerMutants(document: RawDocument): Mutant[] {
  const places = PARTS.flatMap(([answer, pointer]) => placesIn(document, answer, pointer));
  return [...places.flatMap(propertyMutants), ...tokenScopeMutants(document), ...responseMutants(document)];
}

const SCHEMAS = '#/components/schemas';
const WITH_TOKEN = `${SCHEMAS}/CustomerWithToken/allOf/1`;

/** The objects whose properties are changed. */
const PARTS = [
  ['customer', `${SCHEMAS}/Customer`],
  ['with-token', WITH_TOKEN],
  ['token', `${WITH_TOKEN}/properties/juspay`],
  ['bad-request', `${SCHEMAS}/BadRequest`],
] as const;

function placesIn(document: RawDocument, answer: string, pointer: string): Place[] {
  const schema = schemaAt(document, pointer);
  return Object.entries(schema.properties ?? {}).map(([name, property]) => ({
    ...{ answer, name, property, pointer },
    claim: schema.required?.includes(name) === true ? claimOf(schema, 'required', name) : claimOf(property, 'type'),
  }));
}

/** Other claims whose cases also see the change: TK-4's for existing customers, GC-1's and TK-5's by comparison. */
function relatedTo({ answer, name, claim }: Pick<Place, 'answer' | 'name' | 'claim'>): string[] {
  return [
    ...(claim === 'TK-1' ? ['TK-4'] : []),
    // Two customers, or concurrent calls for one, share the wrong value.
    ...(answer === 'customer' && name === 'id' ? ['GC-2', 'GC-3'] : []),
    ...(answer === 'token' && name === 'client_auth_token' ? ['TK-6'] : []),
    // A refused call without the field could also have left an empty value.
    ...(answer === 'customer' && claim === 'RS-4' ? ['EP-2', 'GC-4'] : []),
  ];
}

/** Makes mutants of one property. The keyword is the broken constraint. */
type Make = (what: string, keyword: string, description: string, change: (object: RawSchema) => void) => Mutant;

function propertyMutants(place: Place): Mutant[] {
  const { answer, name, property, claim, pointer } = place;
  const make: Make = (what, keyword, description, change) =>
    schemaMutant(
      { id: `${answer}.${name}:${what}`, kind: 'answer', claim, description, related: relatedTo(place) },
      { pointer, constraint: keyword === 'required' ? `required/${name}` : `properties/${name}/${keyword}`, change },
    );
  const always = (what: string, keyword: string, description: string, value: unknown): Mutant =>
    make(what, keyword, description, (object) => {
      (object.properties ?? {})[name] = { const: value };
    });
  const renamed = (other: string): Mutant => ({
    ...make(`renamed-${other}`, 'required', `${name} is spelled ${other}`, (object) => {
      object.properties = rename(object.properties ?? {}, name, other);
      object.required = (object.required ?? []).map((entry) => (entry === name ? other : entry));
    }),
    claim: answer === 'bad-request' ? claim : 'RS-6',
  });
  const types = { number: 7, boolean: true, null: null, array: ['text'], object: { value: 'text' } };
  return [
    make('dropped', 'required', `${name} is missing`, (object) => {
      delete object.properties?.[name];
      object.required = (object.required ?? []).filter((entry) => entry !== name);
    }),
    renamed(`${name.slice(0, 1).toUpperCase()}${name.slice(1)}`),
    ...(name.includes('_') ? [renamed(camelCase(name))] : []),
    ...Object.entries(types)
      .filter(([type]) => type !== property.type)
      .map(([type, value]) => always(`as-${type}`, 'type', `${name} is of type ${type}`, value)),
    ...(property.type === 'object'
      ? [always('as-text', 'type', `${name} is a text`, 'text')]
      : [
          always('emptied', property['x-source'] === undefined ? 'const' : 'minLength', `${name} is an empty text`, ''),
        ]),
    ...(property.const === undefined
      ? []
      : [
          always('other-constant', 'const', `${name} is another text`, 'merchant'),
          always('other-case', 'const', `${name} is in capitals`, String(property.const).toUpperCase()),
        ]),
    ...(property.format === 'date-time'
      ? BAD_TIMES.map(([what, value]) => always(what, 'format', `${name} is ${value}`, value))
      : []),
    ...Object.entries(property).flatMap(([keyword, limit]) =>
      (BREAKING[keyword]?.(limit as never) ?? [])
        .filter((value) => breaks(keyword, limit, value))
        .slice(0, 1)
        .map((value) =>
          always(`${keyword}-broken`, keyword, `${name} breaks ${keyword} ${JSON.stringify(limit)}`, value),
        ),
    ),
    ...echoMutants(place, make),
  ];
}

/** Values for keywords without mutants above; uses the first one that breaks the keyword. */
const BREAKING: Readonly<Record<string, (limit: never) => readonly unknown[]>> = {
  maxLength: (limit: number) => ['x'.repeat(limit + 1)],
  pattern: () => ['', 'x', '7', '!', ' x', '\u03a9'],
  enum: () => ['none of these'],
  minimum: (limit: number) => [limit - 1],
  maximum: (limit: number) => [limit + 1],
  exclusiveMinimum: (limit: number) => [limit],
  exclusiveMaximum: (limit: number) => [limit],
  multipleOf: (limit: number) => [limit / 2],
  minItems: (limit: number) => [Array.from({ length: limit - 1 }, () => 'x')],
  maxItems: (limit: number) => [Array.from({ length: limit + 1 }, (_, index) => index)],
  uniqueItems: () => [['x', 'x']],
  contains: () => [[], [null]],
  minProperties: () => [{}],
  maxProperties: (limit: number) => [Object.fromEntries(Array.from({ length: limit + 1 }, (_, index) => [index, 'x']))],
  additionalProperties: () => [{ 'a-further-one': 'x' }],
  propertyNames: () => [{ 'a-further-one': 'x' }, { A: 'x' }],
  dependentRequired: (limit: object) => Object.keys(limit).map((name) => ({ [name]: 'x' })),
};

function breaks(keyword: string, limit: unknown, value: unknown): boolean {
  return !new Ajv2020({ strict: false }).validate({ [keyword]: limit } as object, value);
}

const BAD_TIMES: readonly [string, string][] = [
  ['date-alone', '2020-03-17'],
  ['no-zone', '2020-03-17T14:16:31'],
  ['no-such-day', '2020-02-30T14:16:31Z'],
  ['seconds-since-1970', '1584454591'],
  ['mail-date', 'Tue, 17 Mar 2020 14:16:31 GMT'],
];

/** Takes an echoed value from elsewhere. */
function echoMutants({ name, property }: Place, make: Make): Mutant[] {
  const source = property['x-source'] ?? '';
  if (!source.startsWith('request.')) return [];
  const others = FIELD_NAMES.map((field) => `request.${field}`).filter((other) => other !== source);
  const replaced = (property: RawSchema) => (schema: RawSchema) => {
    schema.properties = { ...schema.properties, [name]: property };
  };
  return [
    ...others.map((other) =>
      make(`from-${other}`, 'x-source', `${name} holds ${other}`, replaced({ ...property, 'x-source': other })),
    ),
    make('not-echoed', 'x-source', `${name} is always the same text`, replaced({ const: 'ordinary text' })),
  ];
}

/** Drops a property only from answers with a token, or only from those without. */
function tokenScopeMutants(document: RawDocument): Mutant[] {
  return placesIn(document, 'customer', `${SCHEMAS}/Customer`).flatMap(({ name, claim }) =>
    (['CustomerWithToken', 'CustomerWithoutToken'] as const).map((scope): Mutant => {
      const withToken = scope === 'CustomerWithToken';
      return {
        id: `${scope}.${name}:dropped`,
        kind: 'answer',
        claim,
        description: `${name} is missing in answers ${withToken ? 'with' : 'without'} a token`,
        related: [...(withToken ? ['TK-5'] : []), ...relatedTo({ answer: 'customer', name, claim })],
        change(changed) {
          const part = schemaAt(changed, `${SCHEMAS}/${scope}/allOf/1`);
          part.properties = { ...part.properties, [name]: { not: {} } };
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
  ...['text/html', 'text/plain'],
  ...['application/xml', 'application/octet-stream', 'application/jsonp'],
];

function responseMutants(document: RawDocument): Mutant[] {
  const { path, operation } = operationOf(document);
  return Object.entries(operation.responses).flatMap(([status, response]): Mutant[] => {
    const outcome = response['x-outcome'];
    const claims = response['x-claims'];
    if (outcome === undefined || claims === undefined) return [];
    const make = (what: string, keyword: string, change: NonNullable<Mutant['change']>): Mutant => ({
      ...{ id: `${status}:${what}`, kind: 'answer', claim: claims[keyword] ?? '', related: [], change },
      constraints: [`#/paths/${path}/post/responses/${status}/${keyword}`],
      description: `answers of status ${status} have ${what.replaceAll('-', ' ')}`,
    });
    return [
      ...(OTHER_STATUSES[outcome] ?? []).map((other) =>
        make(`status-${other}`, 'status', (changed) => {
          const { operation } = operationOf(changed);
          // With a unique key, because the other outcome may have this status already.
          const { [status]: moved, ...rest } = operation.responses;
          if (moved !== undefined) operation.responses = { ...rest, [`0${other}`]: moved };
        }),
      ),
      ...OTHER_MEDIA_TYPES.map((mediaType) =>
        make(`media-type-${mediaType}`, 'content', (changed) => {
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
