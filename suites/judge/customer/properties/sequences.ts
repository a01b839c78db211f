import fc from 'fast-check';
import type { Property } from '../../../properties/property.ts';
import { areApart, completeCustomers } from './accepted-calls.ts';
import { commandsFor, OTHER, REFUSED } from './sequence-commands.ts';
import { type Person, SequenceModel } from './sequence-model.ts';

/** Long enough to find delayed effects, and still readable. */
const LONGEST = 12;

/** References without a common start or end; the tables test similar ones (GC-2). */
const REFERENCES = ['a-{24}-a', 'b-{24}-b', 'c-{24}-c'];

/** Any sequence of calls for a few references matches a model of get-or-create. */
export const sequences: Property = ({ form, validators }, attempt) => {
  const people = fc
    .tuple(...REFERENCES.map(() => completeCustomers(form)))
    .map((customers) =>
      customers.map((fields, index): Person => ({ ...fields, object_reference_id: REFERENCES[index] ?? '' })),
    )
    .filter((everyone) => areApart([...everyone, REFUSED, { ...REFUSED, ...OTHER, email_address: '', last_name: '' }]));
  const commands = fc.commands(commandsFor(form, validators, REFERENCES.length), { maxCommands: LONGEST, size: 'max' });
  return fc.asyncProperty(people, commands, (known, calls) =>
    attempt((conversation) => fc.asyncModelRun(() => ({ model: new SequenceModel(known), real: conversation }), calls)),
  );
};
