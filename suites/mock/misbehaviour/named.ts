import { SetupError } from '../../../spec/setup-error.ts';
import { ALL_FAULTS } from '../faults/all.ts';
import type { Fault } from '../faults/fault.ts';
import { MISBEHAVIOURS } from './misbehaviours.ts';
import type { Misbehaviour } from './turn.ts';

/** Something that the mock can be told to do wrong, by its name. */
export type Named =
  | { readonly kind: 'fault'; readonly fault: Fault }
  | { readonly kind: 'misbehaviour'; readonly misbehaviour: Misbehaviour; readonly parameter: string };

/** A fault spec as it was written: `NAME`, `NAME=PARAMETER`, and `*TIMES` behind either for the first few calls alone. */
export interface FaultSpec {
  readonly text: string;
  readonly what: Named;
  /** How many calls of one customer it is for; from then on the mock behaves. */
  readonly times: number;
}

const SYNTAX = /^([a-z0-9]+(?:-[a-z0-9]+)*)(?:=([^*]*))?(?:\*(\d+))?$/;

/** Reads `NAME[=PARAMETER][*TIMES]`. @throws SetupError naming what is wrong with it */
export function readFaultSpec(text: string): FaultSpec {
  const [, name = '', parameter, times] = SYNTAX.exec(text) ?? [];
  if (name === '') throw new SetupError(`fault "${text}": write NAME, NAME=PARAMETER or either with *TIMES behind it`);
  return { text, what: named(name, parameter), times: times === undefined ? Number.POSITIVE_INFINITY : Number(times) };
}

/** The prefix of a reserved customer reference: `fault-SPEC-` and whatever makes the reference unique. */
const RESERVED = 'fault-';

/**
 * Reads the fault spec in a reserved customer reference; undefined where the reference is an ordinary one.
 * @throws SetupError where the reference is reserved and names nothing that is known
 */
export function readReference(reference: string): FaultSpec | undefined {
  if (!reference.startsWith(RESERVED)) return undefined;
  const rest = reference.slice(RESERVED.length);
  // The longest name wins: one may be the beginning of another.
  const names = [...NAMES].filter((name) => rest.startsWith(name) && /^[-=*]/.test(rest.slice(name.length)));
  const name = names.sort((a, b) => b.length - a.length)[0];
  if (name === undefined) {
    throw new SetupError(
      `customer reference "${reference}": "${RESERVED}" is reserved, and no known fault's name follows`,
    );
  }
  const [options = ''] = rest.slice(name.length).split('-', 1);
  return readFaultSpec(`${name}${options}`);
}

const NAMES: ReadonlySet<string> = new Set([
  ...ALL_FAULTS.map((fault) => fault.name),
  ...MISBEHAVIOURS.map((misbehaviour) => misbehaviour.name),
]);

function named(name: string, parameter: string | undefined): Named {
  const misbehaviour = MISBEHAVIOURS.find((one) => one.name === name);
  if (misbehaviour !== undefined) {
    const { parameter: wanted } = misbehaviour;
    if (wanted === undefined && parameter !== undefined) throw new SetupError(`fault "${name}" takes no parameter`);
    const given = parameter ?? wanted?.default ?? '';
    if (wanted !== undefined && !wanted.pattern.test(given)) {
      throw new SetupError(
        `fault "${name}": "${given}" is no ${wanted.name}; write for example ${name}=${wanted.default}`,
      );
    }
    return { kind: 'misbehaviour', misbehaviour, parameter: given };
  }
  const fault = ALL_FAULTS.find((one) => one.name === name);
  if (fault === undefined) throw new SetupError(`no fault is named "${name}"; --list-faults prints those there are`);
  if (parameter !== undefined) throw new SetupError(`fault "${name}" takes no parameter`);
  return { kind: 'fault', fault };
}
