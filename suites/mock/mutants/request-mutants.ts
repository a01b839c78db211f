import { RESTRICTING, subschemas } from '../../../spec/constraints.ts';
import { nameOf, PRINTABLE_ASCII } from '../../cases/characters.ts';
import { type Mutant, schemaMutant } from './mutant.ts';
import { claimOf, operationOf, type RawDocument, type RawSchema, schemaAt } from './raw-document.ts';

const FORM = '#/components/schemas/CustomerForm';

/** Every single change of every constraint on a request: fields, limits, characters, access, path and media type. */
export function requestMutants(document: RawDocument): Mutant[] {
  const form = schemaAt(document, FORM);
  const { required = [], properties = {} } = form;
  return [
    ...required.map((name) =>
      formMutant(`${name}:made-optional`, claimOf(form, 'required', name), `${name} may be missing`, {
        constraint: `required/${name}`,
        change: (changed) => {
          changed.required = required.filter((entry) => entry !== name);
        },
      }),
    ),
    ...Object.entries(properties)
      .filter(([name]) => !required.includes(name))
      .map(([name, property]) =>
        formMutant(`${name}:made-required`, claimOf(property, 'optional'), `${name} must be sent`, {
          constraint: `properties/${name}/optional`,
          change: (changed) => {
            changed.required = [...required, name];
          },
        }),
      ),
    ...Object.entries(properties).flatMap(([name, property]) =>
      schemaMutants(name, property, `${FORM}/properties/${name}`),
    ),
    // Mandatory fields and the fields themselves are handled above.
    ...droppedMutants('form', form, FORM, ['required']),
    ...operationMutants(document),
  ];
}

type FormChange = Omit<Parameters<typeof schemaMutant>[1], 'pointer'>;

function formMutant(id: string, claim: string, description: string, change: FormChange): Mutant {
  return schemaMutant({ id, kind: 'request', claim, description }, { pointer: FORM, ...change });
}

type Make = (what: string, keyword: string, description: string, change: (schema: RawSchema) => void) => Mutant;

/** Makes mutants of one schema. The keyword is the changed constraint, with the claim. */
function makeAt(name: string, schema: RawSchema, pointer: string): Make {
  return (what, keyword, description, change) =>
    schemaMutant(
      { id: `${name}:${what}`, kind: 'request', claim: claimOf(schema, keyword), description },
      { pointer, constraint: keyword, change },
    );
}

/** Moves limits by one both ways, refuses values of a list one by one, and drops all other keywords. */
function schemaMutants(name: string, schema: RawSchema, pointer: string): Mutant[] {
  const make = makeAt(name, schema, pointer);
  const { pattern } = schema;
  return [
    ...BOUNDS.flatMap((keyword) => {
      const bound = schema[keyword];
      if (bound === undefined) return [];
      const words = keyword.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
      return [bound - 1, bound + 1].map((moved) =>
        make(`${words}-${moved}`, keyword, `${name} has a ${keyword} of ${moved}`, (changed) => {
          changed[keyword] = moved;
        }),
      );
    }),
    ...(pattern === undefined ? [] : patternMutants(name, schema, pattern, make)),
    ...(schema.enum ?? []).map((value) =>
      make(`refuses-${value}`, 'enum', `${name}=${value} is refused`, (changed) => {
        changed.enum = changed.enum?.filter((entry) => entry !== value) ?? [];
      }),
    ),
    ...(schema.enum === undefined
      ? []
      : [
          make('other-values', 'enum', `${name} takes any value`, (changed) => {
            delete changed.enum;
          }),
        ]),
    ...(schema.examples ?? []).map((value) =>
      make(`refuses-${value}`, 'examples', `${name}=${value} is refused`, (changed) => {
        changed.not = { const: value };
      }),
    ),
    ...droppedMutants(name, schema, pointer, [...BOUNDS, 'pattern', 'enum']),
    ...Object.keys(schema).flatMap((keyword) =>
      subschemas(schema, keyword).flatMap(([path, part]) => schemaMutants(name, part, `${pointer}/${path}`)),
    ),
  ];
}

const BOUNDS = ['minLength', 'maxLength', 'minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum'] as const;

/** Drops every other restricting keyword. Forms contain only text, so types do not matter. */
function droppedMutants(name: string, schema: RawSchema, pointer: string, others: readonly string[]): Mutant[] {
  const make = makeAt(name, schema, pointer);
  return Object.keys(schema)
    .filter((keyword) => RESTRICTING.has(keyword) && keyword !== 'type' && !others.includes(keyword))
    .map((keyword) =>
      make(`${keyword}-dropped`, keyword, `${keyword} of ${name} is not checked`, (changed) => {
        delete (changed as Record<string, unknown>)[keyword];
      }),
    );
}

/**
 * A pattern is either a class of allowed characters for the whole value, of which every printable character is removed or
 * added, or a look-ahead that forbids characters at one position, of which each is allowed.
 */
function patternMutants(name: string, schema: RawSchema, pattern: string, make: Make): Mutant[] {
  const off = make('pattern-dropped', 'pattern', `${name} is not checked against ${pattern}`, (changed) => {
    delete changed.pattern;
  });
  const forbidden = /\[([_.]+)\]/.exec(pattern)?.[1];
  if (pattern.includes('(?!') && forbidden !== undefined) {
    const place = pattern.includes('@') ? 'last' : 'first';
    return [
      { ...off, id: `${off.id}-${place}` },
      ...[...forbidden].map((character) =>
        make(`allows-${nameOf(character)}-${place}`, 'pattern', `${name} may have ${character} ${place}`, (changed) => {
          changed.pattern = pattern.replace(`[${forbidden}]`, `[${forbidden.replace(character, '')}]`);
        }),
      ),
    ];
  }
  const accepts = claimOf(schema, 'accepts');
  const allowed = new RegExp(pattern, 'u');
  const [anchorStart, anchorEnd] = [pattern.replace(/^\^/, ''), pattern.replace(/\$$/, '')];
  return [
    off,
    make('pattern-start-not-anchored', 'pattern', `only the end of ${name} is checked`, (changed) => {
      changed.pattern = anchorStart.replace('*$', '+$');
    }),
    make('pattern-end-not-anchored', 'pattern', `only the start of ${name} is checked`, (changed) => {
      changed.pattern = anchorEnd.replace(/\*$/, '+');
    }),
    ...PRINTABLE_ASCII.map((character) =>
      allowed.test(character)
        ? {
            ...make(`refuses-${labelOf(character)}`, 'accepts', `${name} must not have ${character}`, (changed) => {
              changed.pattern = `^(?!.*${inClass(character)})${pattern.slice(1)}`;
            }),
            // The claim on the ends of the local part allows these inside.
            related: accepts === 'RQ-6' && '_.'.includes(character) ? ['RQ-8'] : [],
          }
        : make(`allows-${labelOf(character)}`, 'pattern', `${name} may have ${character}`, (changed) => {
            changed.pattern = pattern.replace('^[', `^[${inClass(character)}`);
          }),
    ),
  ];
}

function operationMutants(document: RawDocument): Mutant[] {
  const { path, operation } = operationOf(document);
  const claims = operation['x-claims'];
  const pathClaims = document.paths[path]?.['x-claims'] as Record<string, string> | undefined;
  const make = (
    what: string,
    claim: string | undefined,
    description: string,
    constraint: string,
    change: NonNullable<Mutant['change']>,
  ): Mutant => ({
    ...{ id: `operation:${what}`, kind: 'request', claim: claim ?? '', description, related: [], change },
    constraints: [`#/paths/${path}/${constraint}`],
  });
  const parameters = operation.parameters.map((parameter, index) =>
    make(
      `${parameter.name}-optional`,
      parameter['x-claims']['required'],
      `${parameter.name} may be missing`,
      `post/parameters/${index}/required`,
      (changed) => {
        const found = operationOf(changed).operation.parameters[index];
        if (found !== undefined) found.required = false;
      },
    ),
  );
  return [
    ...parameters,
    {
      ...make('security-dropped', claims['absent'], 'no credentials are required', 'post/absent', (changed) => {
        operationOf(changed).operation.security = [];
      }),
      related: [claims['wrong'] ?? ''],
    },
    make('another-path', pathClaims?.['path'], 'the path is /v3/customers', 'path', (changed) => {
      const { [path]: moved, ...rest } = changed.paths;
      if (moved !== undefined) changed.paths = { ...rest, '/v3/customers': moved };
    }),
    make('another-method', claims['method'], 'the method is PUT', 'post/method', (changed) => {
      const item = changed.paths[path];
      if (item === undefined) return;
      const { post, ...rest } = item;
      changed.paths[path] = { ...rest, put: post } as (typeof changed.paths)[string];
    }),
    make(
      'another-media-type',
      operation.requestBody['x-claims']['content'],
      'only multipart forms are accepted',
      'post/requestBody/content',
      (changed) => {
        const { requestBody } = operationOf(changed).operation;
        const [content] = Object.values(requestBody.content);
        if (content !== undefined) requestBody.content = { 'multipart/form-data': content };
      },
    ),
  ];
}

function labelOf(character: string): string {
  return /[A-Za-z0-9]/.test(character) ? character : nameOf(character);
}

function inClass(character: string): string {
  return /[A-Za-z0-9_ ]/.test(character) ? character : `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
