import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import { isDay, parseDateTime } from './date-time.ts';

/** One thing that a schema has against a value. */
export interface Complaint {
  /** Keys and indices that lead to the value, or to the object that lacks a member or has one too many. */
  readonly place: readonly string[];
  /** The same, and the member that is missing or too many. */
  readonly name: readonly string[];
  /** What is wrong, with which value, and what was expected instead; to be read after the name. */
  readonly text: string;
}

const ajv = new Ajv2020({ strict: true, allErrors: true, verbose: true });
ajv.addFormat('date-time', (text: string) => parseDateTime(text) !== undefined);
ajv.addFormat('date', isDay);
ajv.addKeyword({
  keyword: 'uniqueBy',
  type: 'array',
  schemaType: 'array',
  validate: (members: readonly string[], list: readonly unknown[]) => repeatsIn(members, list).length === 0,
});

/** Characters of a value that are quoted. */
const QUOTED = 60;

/**
 * What a schema has against a value, for the person who wrote it. A schema's `description` says in words what it wants; its
 * keyword `uniqueBy` lists the members by which the items of a list differ.
 */
export function complaints(schema: object, value: unknown): Complaint[] {
  const validate = ajv.compile(schema);
  if (validate(value)) return [];
  const all = (validate.errors ?? []).flatMap(complaintsOf);
  const written = all.map((one) => JSON.stringify(one));
  return all.filter((_, index) => written.indexOf(written[index] ?? '') === index);
}

/** As a sentence that names the whole way to the value. */
export function inFull({ name, text }: Complaint): string {
  return `${name.length === 0 ? 'it' : name.join('.')} ${text}`;
}

/** As a sentence beside which the place in a file is told. */
export function inShort({ name, text }: Complaint): string {
  const last = name.at(-1);
  return `${last === undefined ? 'it' : /^\d+$/.test(last) ? `item ${Number(last) + 1}` : JSON.stringify(last)} ${text}`;
}

function complaintsOf({ instancePath, keyword, params, parentSchema = {}, data, message }: ErrorObject): Complaint[] {
  const place = instancePath
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
  const properties = (parentSchema['properties'] ?? {}) as Readonly<Record<string, { readonly description?: string }>>;
  const wanted = parentSchema['description'] as string | undefined;
  switch (keyword) {
    // What the branch that it leads to wants is said by itself.
    case 'if':
      return [];
    case 'required': {
      const missing = String(params['missingProperty']);
      const what = properties[missing]?.description;
      return [
        { place, name: [...place, missing], text: `is missing${what === undefined ? '' : `: expected ${what}`}` },
      ];
    }
    case 'additionalProperties': {
      const name = [...place, String(params['additionalProperty'])];
      return [{ place, name, text: `is not known: expected ${Object.keys(properties).join(', ')}` }];
    }
    case 'uniqueBy': {
      const members = parentSchema['uniqueBy'] as readonly string[];
      return repeatsIn(members, data as readonly unknown[]).map(({ index, values }) => {
        const item = [...place, String(index)];
        return {
          place: item,
          name: item,
          text: `has the ${members.join(', ')} of an earlier one: ${values.join(', ')}`,
        };
      });
    }
    default:
      return [
        { place, name: place, text: `is ${shown(data)}: expected ${wanted ?? message?.replace(/^must be /, '')}` },
      ];
  }
}

/** The items that are like an earlier one. */
function repeatsIn(members: readonly string[], list: readonly unknown[]) {
  const seen = new Set<string>();
  return list.flatMap((item, index) => {
    const values = members.map((member) => (typeof item === 'object' ? Reflect.get(item ?? {}, member) : undefined));
    const isNew = values.includes(undefined) || seen.size < seen.add(JSON.stringify(values)).size;
    return isNew ? [] : [{ index, values: values.map(String) }];
  });
}

function shown(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  if (typeof value === 'object' && value !== null) return 'an object';
  if (value === '') return 'empty';
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > QUOTED ? `${text.slice(0, QUOTED)}…` : text;
}
