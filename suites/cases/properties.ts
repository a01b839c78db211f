import { type Case, makeCase } from './case.ts';
import type { PropertyName } from './property-plan.ts';

function holds(id: string, title: string, property: PropertyName): Case {
  return makeCase(id, title, [], { customers: 'new', property });
}

/** In addition to the tables: requests and sequences generated from the contract's schemas. */
export const propertyCases: readonly Case[] = [
  holds('RS-4/property-accepted', 'any request that the contract accepts comes back unchanged', 'accepted'),
  holds(
    'ER-1/property-one-thing-wrong',
    'any request with one thing wrong gets 400 and changes nothing',
    'one-thing-wrong',
  ),
  holds('GC-1/property-sequences', 'any sequence of calls agrees with a model of get-or-create', 'sequences'),
];
