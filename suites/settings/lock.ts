import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { SetupError } from '../../spec/setup-error.ts';

/** How often the holder shows that it is alive, and after how long without a sign it counts as dead; milliseconds. */
const SIGN_OF_LIFE = 5_000;
const DEAD_AFTER = 60_000;

/** Who has a lock. */
interface Holder {
  readonly id: string;
  readonly pid: number;
  readonly host: string;
  readonly since: string;
}

/** A lock that this process holds until it is released, or until the process has ended in whatever way. */
export interface Lock {
  /** False where the file was taken away, or another process took over (after this one was stopped for a minute). */
  isHeld(): boolean;
  release(): void;
}

const heldHere = new Set<string>();

/**
 * Takes a lock file, also that of a process which is dead or has not shown itself for a minute (a file system that two
 * machines share knows no more of the other one).
 * @param what begins the message: "the report folder reports/out"
 * @throws SetupError naming the process that has it; an error of the file system where the file cannot be written
 */
export function takeLock(file: string, what: string): Lock {
  const own: Holder = { id: randomUUID(), pid: process.pid, host: hostname(), since: new Date().toISOString() };
  const text = JSON.stringify(own);
  for (;;) {
    if (create(file, text)) return hold(file, text, own.id);
    const there = read(file);
    if (there === undefined) continue;
    const holder = parse(there);
    if (!isDead(file, holder, own)) {
      const who =
        holder === undefined ? 'another process' : `process ${holder.pid} on ${holder.host}, since ${holder.since}`;
      throw new SetupError(`${what} is in use by ${who}: wait for it, or use another one (${file})`);
    }
    const aside = `${file}.${own.id}`;
    rename(file, aside);
    // Somebody else may have taken the dead one's place in between: then this is a living lock, and goes back.
    const moved = read(aside);
    if (moved !== undefined && moved !== there && !existsSync(file)) rename(aside, file);
    rmSync(aside, { force: true });
  }
}

function hold(file: string, text: string, id: string): Lock {
  heldHere.add(id);
  const isHeld = () => {
    try {
      return read(file) === text;
    } catch {
      // What was a folder is a file now, for example.
      return false;
    }
  };
  const sign = setInterval(() => {
    try {
      if (isHeld()) utimesSync(file, new Date(), new Date());
    } catch {
      // Taken away in between.
    }
  }, SIGN_OF_LIFE).unref();
  return {
    isHeld,
    release() {
      clearInterval(sign);
      heldHere.delete(id);
      if (isHeld()) rmSync(file, { force: true });
    },
  };
}

function create(file: string, text: string): boolean {
  try {
    writeFileSync(file, text, { flag: 'wx' });
    return true;
  } catch (thrown) {
    if (isCode(thrown, 'EEXIST')) return false;
    throw thrown;
  }
}

function isDead(file: string, holder: Holder | undefined, own: Holder): boolean {
  if (holder?.host === own.host) {
    if (holder.pid === own.pid) return !heldHere.has(holder.id);
    if (!isRunning(holder.pid)) return true;
  }
  // By the file system's clock, which is the same for every machine that uses it.
  const probe = `${file}.${own.id}`;
  writeFileSync(probe, '');
  const now = statSync(probe).mtimeMs;
  rmSync(probe);
  return now - (statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? now) > DEAD_AFTER;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (thrown) {
    return isCode(thrown, 'EPERM');
  }
}

function parse(text: string): Holder | undefined {
  try {
    const { id, pid, host, since } = JSON.parse(text) as Holder;
    return typeof pid === 'number' ? { id, pid, host: String(host), since: String(since) } : undefined;
  } catch {
    // Being written at this moment, or not a lock of ours.
    return undefined;
  }
}

function read(file: string): string | undefined {
  return unlessGone(() => readFileSync(file, 'utf8'));
}

function rename(from: string, to: string): void {
  unlessGone(() => renameSync(from, to));
}

/** @returns undefined where somebody else took the file away in between */
function unlessGone<T>(act: () => T): T | undefined {
  try {
    return act();
  } catch (thrown) {
    if (isCode(thrown, 'ENOENT')) return undefined;
    throw thrown;
  }
}

function isCode(thrown: unknown, code: string): boolean {
  return thrown instanceof Error && 'code' in thrown && thrown.code === code;
}
