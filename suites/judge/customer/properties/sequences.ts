import fc from 'fast-check';
import type { Property } from '../../../properties/property.ts';
import { areApart, completeCustomers } from './accepted-calls.ts';
import { commandsFor, OTHER, REFUSED } from './sequence-commands.ts';
import { type Person, SequenceModel } from './sequence-model.ts';

/** So many calls find what comes back after a few others, and can still be read. */
const LONGEST = 12;

/** References that share neither their first nor their last characters: what collides is the tables' affair (GC-2). */
const REFERENCES = ['a-{24}-a', 'b-{24}-b', 'c-{24}-c'];

/** Any sequence of calls over a few references agrees with a model of get-or-create. */
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
