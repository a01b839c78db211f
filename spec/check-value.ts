import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import { isDay, parseDateTime } from './date-time.ts';

/** One schema violation. */
export interface Complaint {
  /** Path to the invalid value, or to the object with a missing or unknown member. */
  readonly place: readonly string[];
  /** The same path, plus the missing or unknown member. */
  readonly name: readonly string[];
  /** What is wrong, the value, and what was expected; follows the name in a sentence. */
  readonly text: string;
  /** The value is an empty text. */
  readonly isEmpty?: boolean;
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

/** Maximum number of characters quoted from a value. */
const QUOTED = 60;

/**
 * Schema violations as messages for the author of the value. The schema's `description` is the "expected" text; its keyword
 * `uniqueBy` lists the members whose values must be unique among the items of a list.
 */
export function complaints(schema: object, value: unknown): Complaint[] {
  const validate = ajv.compile(schema);
  if (validate(value)) return [];
  const all = (validate.errors ?? []).flatMap(complaintsOf);
  return [...new Map(all.map((one) => [JSON.stringify(one), one])).values()];
}

/** A message with the full path to the value. */
export function inFull({ name, text }: Complaint): string {
  return `${name.length === 0 ? 'it' : name.join('.')} ${text}`;
}

/** A message without the path, for use after a file position. */
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
    // The branch it selects reports its own errors.
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
      return [{ place, name, text: `is unknown: expected ${Object.keys(properties).join(', ')}` }];
    }
    case 'uniqueBy': {
      const members = parentSchema['uniqueBy'] as readonly string[];
      return repeatsIn(members, data as readonly unknown[]).map(({ index, values }) => {
        const item = [...place, String(index)];
        return {
          place: item,
          name: item,
          text: `repeats the ${members.join(', ')} of an earlier item: ${values.join(', ')}`,
        };
      });
    }
    case 'false schema':
      return [{ place, name: place, text: `is ${shown(data)}: it must not be there` }];
    default: {
      const allowed = params['allowedValues'] as readonly string[] | undefined;
      const usual = allowed?.join(', ') ?? message?.replace(/^must be /, '');
      const text = `is ${shown(data)}: expected ${wanted ?? usual}`;
      return [{ place, name: place, text, ...(data === '' ? { isEmpty: true } : {}) }];
    }
  }
}

/** Items that duplicate an earlier one. */
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
