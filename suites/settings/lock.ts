import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { SetupError } from '../../spec/setup-error.ts';

/** How often the holder touches the file, and after how long without that it counts as dead; milliseconds. */
const SIGN_OF_LIFE = 5_000;
const DEAD_AFTER = 60_000;

/** The process that has the lock. */
interface Holder {
  readonly id: string;
  readonly pid: number;
  readonly host: string;
  readonly since: string;
}

/** A lock held until it is released or the process ends. */
export interface Lock {
  /** False if the file was deleted, or another process took over (after this one was suspended for a minute). */
  isHeld(): boolean;
  release(): void;
}

const heldHere = new Set<string>();

/**
 * Takes a lock file. Takes over the lock of a process that is dead, or that did not touch the file for a minute (the only
 * sign of a process on another machine).
 * @param what subject of the error message: "the report folder reports/out"
 * @throws SetupError naming the process that has it; a file system error if the file cannot be written
 */
export function takeLock(file: string, what: string): Lock {
  const own: Holder = { id: randomUUID(), pid: process.pid, host: hostname(), since: new Date().toISOString() };
  const text = JSON.stringify(own);
  for (;;) {
    if (unless(['EEXIST'], () => writeFileSync(file, text, { flag: 'wx' })) !== 'failed')
      return hold(file, text, own.id);
    const there = read(file);
    if (there === 'failed') continue;
    const holder = parse(there);
    if (!isDead(file, holder, own)) {
      const who =
        holder === undefined ? 'another process' : `process ${holder.pid} on ${holder.host}, since ${holder.since}`;
      throw new SetupError(`${what} is in use by ${who}: wait for it to end, or use another one (${file})`);
    }
    const aside = `${file}.${own.id}`;
    unless(GONE, () => renameSync(file, aside));
    // Another process may have replaced the dead lock since: then this one is live and is moved back.
    const moved = read(aside);
    if (moved !== 'failed' && moved !== there && !existsSync(file)) unless(GONE, () => renameSync(aside, file));
    rmSync(aside, { force: true });
  }
}

function hold(file: string, text: string, id: string): Lock {
  heldHere.add(id);
  const isHeld = () => read(file) === text;
  const touch = () => isHeld() && utimesSync(file, new Date(), new Date());
  const sign = setInterval(() => unless(GONE, touch), SIGN_OF_LIFE).unref();
  return {
    isHeld,
    release() {
      clearInterval(sign);
      heldHere.delete(id);
      if (isHeld()) rmSync(file, { force: true });
    },
  };
}

function isDead(file: string, holder: Holder | undefined, own: Holder): boolean {
  if (holder?.host === own.host) {
    if (holder.pid === own.pid) return !heldHere.has(holder.id);
    if (!isRunning(holder.pid)) return true;
  }
  // Uses the file system's clock, because it is the same for all machines.
  const probe = `${file}.${own.id}`;
  writeFileSync(probe, '');
  const now = statSync(probe).mtimeMs;
  rmSync(probe);
  return now - (statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? now) > DEAD_AFTER;
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (thrown) {
    // It runs, but for somebody else.
    return thrown instanceof Error && 'code' in thrown && thrown.code === 'EPERM';
  }
}

function parse(text: string): Holder | undefined {
  try {
    const { id, pid, host, since } = JSON.parse(text) as Holder;
    return typeof pid === 'number' ? { id, pid, host: String(host), since: String(since) } : undefined;
  } catch {
    // Being written right now, or not one of our locks.
    return undefined;
  }
}

/** Another process deleted the file, or replaced its folder by a file. */
const GONE = ['ENOENT', 'ENOTDIR'];

function read(file: string): string | 'failed' {
  return unless(GONE, () => readFileSync(file, 'utf8'));
}

/** @returns `failed` if it throws one of these errors of the system */
function unless<T>(codes: readonly string[], act: () => T): T | 'failed' {
  try {
    return act();
  } catch (thrown) {
    if (thrown instanceof Error && 'code' in thrown && codes.includes(String(thrown.code))) return 'failed';
    throw thrown;
  }
}
