import { Command, CommanderError, Option } from 'commander';
import { forTerminal } from '../../reports/terminal.ts';
import type { Screen } from '../../reports/views/console.ts';
import { messageOf, SetupError } from '../../spec/setup-error.ts';

/** One sub-command: what its help says, and what it does. Everything heavy is imported by `run`, not by the file. */
export interface Definition {
  readonly name: string;
  /** What it is for, in a sentence. */
  readonly summary: string;
  /** Name as commander writes it (`<file>`, `[file]`, `[files...]`) and help. */
  readonly arguments?: readonly (readonly [name: string, help: string])[];
  /** Flags as commander writes them (`--out <folder>`) and help. */
  readonly options?: readonly Flag[];
  /** Command lines behind `juspay-conformance`. */
  readonly examples: readonly string[];
  /** The variables that it reads. */
  readonly variables?: readonly string[];
  /** Lines of the help that are about nothing else. */
  readonly notes?: readonly string[];
  /** What 0, 1 and 2 mean. */
  readonly exitCodes: string;
  /** @returns the exit code @throws SetupError for what the caller has to mend */
  run(args: readonly string[], options: Options): Promise<number>;
}

/** `repeatable`: may be given several times, and is a list then. */
export type Flag = readonly [flags: string, help: string, kind?: 'repeatable'];

/** The options that were given, by the name of their flag in camel case. */
export type Options = Readonly<Record<string, string | true | readonly string[] | undefined>>;

/** The name of the program, as its users type it. */
export const PROGRAM = 'juspay-conformance';

/** Exit code for whatever is no verdict. */
const NO_VERDICT = 2;

/** Runs a command line. What was typed wrongly is said on standard error with what was probably meant; exit code 2. */
export async function runCommandLine(
  commands: readonly Definition[],
  argv: readonly string[],
  version: string,
): Promise<number> {
  let exitCode = NO_VERDICT;
  const program = new Command(PROGRAM)
    .description("Tells whether a server does what the documentation of Juspay's Get or Create Customer API says.")
    .version(version)
    .showSuggestionAfterError()
    .configureOutput({ outputError: (text, write) => write(forTerminal(text)) })
    .exitOverride();
  for (const definition of commands) {
    program.addCommand(
      commandOf(definition, async (args, options) => {
        exitCode = await definition.run(args, options);
      }),
    );
  }
  try {
    await program.parseAsync(withDefault(argv), { from: 'user' });
    return exitCode;
  } catch (thrown) {
    // Help and version end as errors of exit code 0; commander has said the others already.
    if (thrown instanceof CommanderError) return thrown.exitCode === 0 ? 0 : NO_VERDICT;
    // What a person can mend is told without a stack; anything else is a defect of ours and keeps it.
    const stack = thrown instanceof Error ? thrown.stack : undefined;
    const text = thrown instanceof SetupError ? thrown.message : `defect of the suite: ${stack ?? messageOf(thrown)}`;
    process.stderr.write(`error: ${forTerminal(text)}\n`);
    return NO_VERDICT;
  }
}

/** Without the name of a command it is `run`. */
function withDefault(argv: readonly string[]): string[] {
  const [first] = argv;
  const ofProgram = ['-h', '--help', '-V', '--version'];
  const isRun = first === undefined || (first.startsWith('-') && !ofProgram.includes(first));
  return isRun ? ['run', ...argv] : [...argv];
}

function commandOf(definition: Definition, run: (args: string[], options: Options) => Promise<void>): Command {
  const { name, summary, arguments: args = [], options = [] } = definition;
  const command = new Command(name)
    .description(summary)
    .allowExcessArguments(false)
    .showSuggestionAfterError()
    .configureOutput({ outputError: (text, write) => write(forTerminal(text)) })
    .exitOverride();
  for (const [argument, help] of args) command.argument(argument, help);
  for (const [flags, help, kind] of options) {
    const option = new Option(flags, help);
    if (kind === 'repeatable') {
      option.argParser((value: string, before: readonly string[] | undefined) => [...(before ?? []), value]);
    }
    command.addOption(option);
  }
  command.addHelpText('after', furtherHelp(definition));
  command.action((...given: unknown[]) => run(given.slice(0, args.length).flat().map(String), command.opts()));
  return command;
}

function furtherHelp({ examples, variables = [], notes = [], exitCodes }: Definition): string {
  const parts = [
    ['Examples:', ...examples.map((line) => `  ${PROGRAM} ${line}`.trimEnd())],
    ...(notes.length === 0 ? [] : [notes]),
    ...(variables.length === 0 ? [] : [['Variables:', ...inLines(variables.join(', '))]]),
    ['Exit code:', ...inLines(exitCodes)],
  ];
  return `\n${parts.map((lines) => lines.join('\n')).join('\n\n')}`;
}

/** A text in lines of 78 characters at most, indented. */
function inLines(text: string): string[] {
  return text.match(/.{1,76}(?:\s|$)/g)?.map((line) => `  ${line.trimEnd()}`) ?? [];
}

/** The terminal that the command's output goes to. */
export function screen(): Screen {
  const colour = process.stdout.isTTY === true && process.env['NO_COLOR'] === undefined;
  return { colour, columns: process.stdout.columns ?? 120 };
}
