import fc from 'fast-check';
import type { Validators } from '../../../../spec/schemas.ts';
import type { Call, Step } from '../../../cases/case.ts';
import { REFUSED, step, TOKEN_OPTION } from '../../../cases/data.ts';
import type { AnswerBody, Conversation, Property } from '../../../properties/conversation.ts';
import { areApart, completeCustomers, type Fields } from './accepted-calls.ts';
import type { FormSchema } from './form-values.ts';
import { type Mistake, mistakesIn, withMistake } from './invalid-requests.ts';
import { codingFor } from './one-thing-wrong.ts';
import { SequenceModel } from './sequence-model.ts';

type SequenceCommand = fc.AsyncCommand<SequenceModel, Conversation>;
type Token = 'true' | 'false' | undefined;

/** Other data for an existing customer, which may be kept or updated (GC-5). */
const OTHER = { mobile_number: '8877665544', first_name: 'Tom' } as const;

const WAYS_TO_BE_REFUSED: readonly { readonly claim: string; readonly access: Omit<Call, 'fields'> }[] = [
  { claim: 'AU-2', access: { credentials: 'none' } },
  { claim: 'AU-3', access: { credentials: 'other' } },
  { claim: 'AU-3', access: { credentials: 'longer' } },
  { claim: 'AU-4', access: { merchant: 'absent' } },
  { claim: 'AU-4', access: { merchant: 'empty' } },
];

/** The calls of a sequence, each with the model's expectation. */
function commandsFor(form: FormSchema, validators: Validators, people: number): fc.Arbitrary<SequenceCommand>[] {
  // The first customer is called most often, to find errors that need several calls.
  const who = fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, { weight: 2, arbitrary: fc.nat({ max: people - 1 }) });
  const token = fc.constantFrom<Token>(undefined, 'true', 'false');
  const mistakes = mistakesIn({ ...REFUSED, object_reference_id: 'a-{24}-a' }, form, validators).filter(
    ({ field }) => field !== 'object_reference_id',
  );
  return [
    fc.tuple(who, token, fc.boolean()).map(([one, asked, other]) => ask(one, asked, other)),
    fc.tuple(who, token).map(([one, asked]) => ask(one, asked, false)),
    fc.tuple(fc.array(who, { minLength: 2, maxLength: 5 }), token).map(([several, asked]) => askAtOnce(several, asked)),
    fc.tuple(who, mistakes).map(([one, mistake]) => askBadly(one, mistake)),
    fc.tuple(who, fc.constantFrom(...WAYS_TO_BE_REFUSED)).map(([one, way]) => askWithoutAccess(one, way)),
  ];
}

function ask(who: number, token: Token, withOtherData: boolean): SequenceCommand {
  return {
    check: (model) => !withOtherData || model.exists(who),
    async run(model, conversation) {
      model.turn += 1;
      const isNew = !model.exists(who);
      const data = { ...model.person(who), ...(withOtherData ? OTHER : {}) };
      const [body] = await conversation.take(
        step(withOtherData ? 'a call with other data' : 'a call', 'accepted', withOption(data, token), {
          blames: 'RS-1',
          ...(withOtherData ? { echoClaim: null } : {}),
          tokenClaim: isNew ? 'TK-1' : 'TK-4',
          newCustomer: isNew,
        }),
      );
      if (body !== undefined) meet(model, conversation, who, { body, data, withToken: token === 'true' });
    },
    toString: () => `ask(${who}, token ${token}${withOtherData ? ', other data' : ''})`,
  };
}

function askAtOnce(several: readonly number[], token: Token): SequenceCommand {
  const everyone = [...new Set(several)];
  return {
    // Tokens are only requested if all customers exist and no refused call is in doubt, so that the broken claim is clear.
    check: (model) =>
      everyone.every((who) => !model.of(who).refusedSince) &&
      (token !== 'true' || everyone.every((who) => model.exists(who))),
    async run(model, conversation) {
      model.turn += 1;
      const wereThere = new Set(everyone.filter((who) => model.exists(who)));
      const data = several.map((who) => model.person(who));
      const bodies = await conversation.take({
        label: `${several.length} calls at once`,
        calls: data.map((fields) => ({ fields: withOption(fields, token) })),
        expect: 'accepted',
        blames: 'RS-1',
        mixUpClaim: 'GC-3',
        tokenClaim: 'TK-4',
      });
      for (const who of everyone.filter((one) => !wereThere.has(one))) {
        conversation.compare('one-id', 'GC-3', own(bodies, several, who));
      }
      for (const [index, who] of several.entries()) {
        const body = bodies[index];
        if (body !== undefined)
          meet(model, conversation, who, { body, data: model.person(who), withToken: token === 'true' });
      }
    },
    toString: () => `askAtOnce(${several.join(', ')}, token ${token})`,
  };
}

function askBadly(who: number, mistake: Mistake): SequenceCommand {
  return refusedFor(who, `askBadly(${who}, ${mistake.what})`, (refused) => {
    const fields = withMistake(refused, mistake);
    const options = { blames: mistake.claim, ...codingFor(fields) };
    return step(`a call with ${mistake.what}`, 'bad-request', fields, options);
  });
}

function askWithoutAccess(who: number, { claim, access }: (typeof WAYS_TO_BE_REFUSED)[number]): SequenceCommand {
  return refusedFor(who, `askWithoutAccess(${who}, ${JSON.stringify(access)})`, (refused) =>
    step('a call without access', 'refused', refused, { blames: claim, ...access }),
  );
}

/** A call that must be refused and leave nothing behind. */
function refusedFor(who: number, name: string, stepFor: (refused: Fields) => Step): SequenceCommand {
  return {
    check: () => true,
    async run(model, conversation) {
      model.turn += 1;
      await conversation.take(stepFor({ ...REFUSED, ...referenceOf(model.person(who)) }));
      model.of(who).refusedSince = true;
    },
    toString: () => name,
  };
}

/**
 * Compares an answer with earlier ones. Blames GC-1 if the calls were alike, and TK-5 if only the token differs and nothing
 * came between. Calls with more differences are not compared.
 */
function meet(
  model: SequenceModel,
  conversation: Conversation,
  who: number,
  answered: { readonly body: AnswerBody; readonly data: Fields; readonly withToken: boolean },
): void {
  const { body, data, withToken } = answered;
  const { answers } = model.of(who);
  const { turn } = model;
  const alike = answers.findLast((other) => other.withToken === withToken);
  const before = answers.at(-1);
  const differsInToken =
    answers.length === 1 && before?.turn === turn - 1 && JSON.stringify(before.data) === JSON.stringify(data);
  const compared = alike ?? (differsInToken ? before : undefined);
  if (compared !== undefined) {
    const claim = compared === alike ? 'GC-1' : 'TK-5';
    conversation.compare('same-id', claim, [compared.body, body]);
    conversation.compare('same-created', claim, [compared.body, body]);
  }
  for (const other of model.lastOfOthers(who)) conversation.compare('different-ids', 'GC-2', [other, body]);
  if (withToken) {
    const tokens = model.lastOfOthers(who, (other) => other.withToken);
    for (const other of tokens) conversation.compare('different-tokens', 'TK-6', [other, body]);
  }
  model.add(who, { ...answered, turn });
}

function own(bodies: readonly (AnswerBody | undefined)[], several: readonly number[], who: number): AnswerBody[] {
  return bodies.filter((body, index): body is AnswerBody => body !== undefined && several[index] === who);
}

function referenceOf({ object_reference_id }: Fields): Fields {
  return object_reference_id === undefined ? {} : { object_reference_id };
}

function withOption(fields: Fields, token: Token): Fields {
  return token === undefined ? fields : { ...fields, [TOKEN_OPTION]: token };
}

/** Long enough to find delayed effects, and still readable. */
const LONGEST = 12;

/** References without a common start or end; the tables test similar ones (GC-2). */
const REFERENCES = ['a-{24}-a', 'b-{24}-b', 'c-{24}-c'];

/** Any sequence of calls for a few references matches a model of get-or-create. */
export const sequences: Property = ({ form, validators }, attempt) => {
  const people = fc
    .tuple(...REFERENCES.map(() => completeCustomers(form)))
    .map((customers) =>
      customers.map((fields, index): Fields => ({ ...fields, object_reference_id: REFERENCES[index] ?? '' })),
    )
    .filter((everyone) => areApart([...everyone, REFUSED, { ...REFUSED, ...OTHER, email_address: '', last_name: '' }]));
  const commands = fc.commands(commandsFor(form, validators, REFERENCES.length), { maxCommands: LONGEST, size: 'max' });
  return fc.asyncProperty(people, commands, (known, calls) =>
    attempt((conversation) => fc.asyncModelRun(() => ({ model: new SequenceModel(known), real: conversation }), calls)),
  );
};
