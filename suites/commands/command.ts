import { Command, CommanderError, Option } from 'commander';
import { forTerminal } from '../../reports/terminal.ts';
import { messageOf, SetupError } from '../../spec/setup-error.ts';

/** One sub-command. `run` imports everything heavy, so that `--help` stays fast. */
export interface Definition {
  readonly name: string;
  /** Its purpose, in one sentence. */
  readonly summary: string;
  /** Name in commander's syntax (`<file>`, `[file]`, `[files...]`), and help. */
  readonly arguments?: readonly (readonly [name: string, help: string])[];
  /** Flags in commander's syntax (`--out <folder>`), and help. */
  readonly options?: readonly Flag[];
  /** Example arguments, without the program's name. */
  readonly examples: readonly string[];
  /** The environment variables that it reads. */
  readonly variables?: readonly string[];
  /** Further lines for the help. */
  readonly notes?: readonly string[];
  /** What 0, 1 and 2 mean. */
  readonly exitCodes: string;
  /** @returns the exit code @throws SetupError for what the user has to fix */
  run(args: readonly string[], options: Options): Promise<number>;
}

/** `repeatable`: may be given several times; its value is a list. */
export type Flag = readonly [flags: string, help: string, kind?: 'repeatable'];

/** The given options, by flag name in camel case. */
export type Options = Readonly<Record<string, string | true | readonly string[] | undefined>>;

/** The program's name on the command line. */
export const PROGRAM = 'juspay-conformance';

/** Exit code for everything that ends without a verdict. */
const NO_VERDICT = 2;

/** Runs a command line. A usage error is printed to standard error with a suggestion. @returns the exit code */
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
    // commander throws for --help and --version too, with exit code 0; it has printed other errors already.
    if (thrown instanceof CommanderError) return thrown.exitCode === 0 ? 0 : NO_VERDICT;
    // No stack for what the user can fix; anything else is a defect of ours, and needs it.
    const stack = (thrown instanceof Error ? thrown.stack : undefined) ?? messageOf(thrown);
    const text = isForUser(thrown) ? messageOf(thrown) : `defect of the suite: ${stack}`;
    process.stderr.write(`error: ${forTerminal(text)}\n`);
    return NO_VERDICT;
  }
}

/** What the user can fix: also a file that cannot be written, which the operating system explains. */
function isForUser(thrown: unknown): boolean {
  return thrown instanceof SetupError || (thrown instanceof Error && 'syscall' in thrown && 'path' in thrown);
}

/** Adds the default command, `run`. */
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

/** Wraps a text to indented lines of at most 78 characters. */
function inLines(text: string): string[] {
  return text.match(/.{1,76}(?:\s|$)/g)?.map((line) => `  ${line.trimEnd()}`) ?? [];
}
