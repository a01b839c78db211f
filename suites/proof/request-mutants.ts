import { nameOf, PRINTABLE_ASCII } from '../cases/characters.ts';
import type { Mutant } from './mutant.ts';
import { claimOf, operationOf, type RawDocument, type RawSchema, schemaNamed } from './raw-document.ts';

const FORM = 'CustomerForm';

/** Of two characters a claim of their own says that they are accepted inside the local part. */
const INSIDE = { 'RQ-8': 'the claim on the ends of the local part says that the inside may have it' };

/** Every single-step change of every constraint on a request: fields, bounds, characters, access, path and media type. */
export function requestMutants(document: RawDocument): Mutant[] {
  const form = schemaNamed(document, FORM);
  return [
    ...(form.required ?? []).map((name) => madeOptional(name, claimOf(form, 'required', name))),
    ...Object.entries(form.properties ?? {}).flatMap(([name, property]) => [
      ...(form.required?.includes(name) === true ? [] : [madeRequired(name, claimOf(property, 'optional'))]),
      ...valueMutants(name, property),
    ]),
    ...operationMutants(document),
  ];
}

type Make = (what: string, claim: string, description: string, change: (property: RawSchema) => void) => Mutant;

function fieldMutant(name: string, steps: readonly number[] = []): Make {
  return (what, claim, description, change) => ({
    id: `${name}:${what}`,
    kind: 'request',
    claim,
    description,
    related: {},
    change(document) {
      let property = schemaNamed(document, FORM).properties?.[name];
      for (const step of steps) property = property?.allOf?.[step];
      if (property !== undefined) change(property);
    },
  });
}

function madeOptional(name: string, claim: string): Mutant {
  return {
    id: `${name}:made-optional`,
    kind: 'request',
    claim,
    description: `${name} may be left out`,
    related: {},
    change(document) {
      const form = schemaNamed(document, FORM);
      form.required = (form.required ?? []).filter((entry) => entry !== name);
    },
  };
}

function madeRequired(name: string, claim: string): Mutant {
  return {
    id: `${name}:made-required`,
    kind: 'request',
    claim,
    description: `${name} must be sent`,
    related: {},
    change(document) {
      const form = schemaNamed(document, FORM);
      form.required = [...(form.required ?? []), name];
    },
  };
}

function valueMutants(name: string, property: RawSchema, steps: readonly number[] = []): Mutant[] {
  const make = fieldMutant(name, steps);
  const { minLength, pattern } = property;
  return [
    ...(minLength === undefined ? [] : boundMutants(name, property, minLength, make)),
    ...(pattern === undefined ? [] : patternMutants(name, property, pattern, make)),
    ...(property.enum ?? []).map((value) =>
      make(`refuses-${value}`, claimOf(property, 'enum'), `${name}=${value} is refused`, (changed) => {
        changed.enum = changed.enum?.filter((entry) => entry !== value) ?? [];
      }),
    ),
    ...(property.enum === undefined
      ? []
      : [
          make('other-values', claimOf(property, 'enum'), `${name} takes any value`, (changed) => {
            delete changed.enum;
          }),
        ]),
    ...(property.examples ?? []).map((value) =>
      make(`refuses-${value}`, claimOf(property, 'examples'), `${name}=${value} is refused`, (changed) => {
        changed.not = { const: value };
      }),
    ),
    ...(property.allOf ?? []).flatMap((part, index) => valueMutants(name, part, [...steps, index])),
  ];
}

function boundMutants(name: string, property: RawSchema, minLength: number, make: Make): Mutant[] {
  const claim = claimOf(property, 'minLength');
  return [minLength - 1, minLength + 1].map((bound) =>
    make(`min-length-${bound}`, claim, `${name} has at least ${bound} characters`, (changed) => {
      changed.minLength = bound;
    }),
  );
}

/**
 * A pattern is a class of allowed characters for the whole value, or a look-ahead that forbids some at a place. Of the
 * first, every printable character is taken out or let in; of the second, every forbidden one is let in.
 */
function patternMutants(name: string, property: RawSchema, pattern: string, make: Make): Mutant[] {
  const claim = claimOf(property, 'pattern');
  const off = make('pattern-dropped', claim, `${name} is not held against ${pattern}`, (changed) => {
    delete changed.pattern;
  });
  const forbidden = /\[([_.]+)\]/.exec(pattern)?.[1];
  if (pattern.includes('(?!') && forbidden !== undefined) {
    const place = pattern.includes('@') ? 'last' : 'first';
    return [
      { ...off, id: `${off.id}-${place}` },
      ...[...forbidden].map((character) =>
        make(`allows-${nameOf(character)}-${place}`, claim, `${name} may have ${character} ${place}`, (changed) => {
          changed.pattern = pattern.replace(`[${forbidden}]`, `[${forbidden.replace(character, '')}]`);
        }),
      ),
    ];
  }
  const accepts = claimOf(property, 'accepts');
  const allowed = new RegExp(pattern, 'u');
  const [anchorStart, anchorEnd] = [pattern.replace(/^\^/, ''), pattern.replace(/\$$/, '')];
  return [
    off,
    make('pattern-start-not-anchored', claim, `only the end of ${name} is checked`, (changed) => {
      changed.pattern = anchorStart.replace('*$', '+$');
    }),
    make('pattern-end-not-anchored', claim, `only the start of ${name} is checked`, (changed) => {
      changed.pattern = anchorEnd.replace(/\*$/, '+');
    }),
    ...PRINTABLE_ASCII.map((character) =>
      allowed.test(character)
        ? {
            ...make(`refuses-${labelOf(character)}`, accepts, `${name} must not have ${character}`, (changed) => {
              changed.pattern = `^(?!.*${inClass(character)})${pattern.slice(1)}`;
            }),
            related: accepts === 'RQ-6' && '_.'.includes(character) ? INSIDE : {},
          }
        : make(`allows-${labelOf(character)}`, claim, `${name} may have ${character}`, (changed) => {
            changed.pattern = pattern.replace('^[', `^[${inClass(character)}`);
          }),
    ),
  ];
}

function operationMutants(document: RawDocument): Mutant[] {
  const { path, operation } = operationOf(document);
  const claims = operation['x-claims'];
  const pathClaims = document.paths[path]?.['x-claims'] as Record<string, string> | undefined;
  const make = (what: string, claim: string | undefined, description: string, change: Mutant['change']): Mutant => ({
    id: `operation:${what}`,
    kind: 'request',
    claim: claim ?? '',
    description,
    related: {},
    ...(change === undefined ? {} : { change }),
  });
  const parameters = operation.parameters.map((parameter, index) =>
    make(
      `${parameter.name}-optional`,
      parameter['x-claims']['required'],
      `${parameter.name} may be left out`,
      (changed) => {
        const found = operationOf(changed).operation.parameters[index];
        if (found !== undefined) found.required = false;
      },
    ),
  );
  return [
    ...parameters,
    {
      ...make('security-dropped', claims['absent'], 'no credentials are asked for', (changed) => {
        operationOf(changed).operation.security = [];
      }),
      related: { [claims['wrong'] ?? '']: 'nor is a wrong key looked at' },
    },
    make('another-path', pathClaims?.['path'], 'it is at /v3/customers', (changed) => {
      const { [path]: moved, ...rest } = changed.paths;
      if (moved !== undefined) changed.paths = { ...rest, '/v3/customers': moved };
    }),
    make('another-method', claims['method'], 'it is PUT', (changed) => {
      const item = changed.paths[path];
      if (item === undefined) return;
      const { post, ...rest } = item;
      changed.paths[path] = { ...rest, put: post } as (typeof changed.paths)[string];
    }),
    make(
      'another-media-type',
      operation.requestBody['x-claims']['content'],
      'it takes multipart forms alone',
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
