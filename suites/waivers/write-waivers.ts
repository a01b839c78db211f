import { existsSync, writeFileSync } from 'node:fs';
import { Document, isMap, isScalar, isSeq, type Pair, YAMLMap, YAMLSeq } from 'yaml';
import { messageOf, SetupError } from '../../spec/setup-error.ts';
import { isSameHost, readWaiverFile } from './load-waivers.ts';
import type { JudgedWaiver } from './waiver.ts';

/** A waiver to be added, without a reason, which a person has to write. */
export interface Draft {
  /** Of a claim or a case. */
  readonly id: string;
  /** For a claim: the cases that break it today. */
  readonly cases?: readonly string[];
  /** The claim's reading, as a comment for the author of the reason. */
  readonly about: string;
}

/** Owner and expiry of the drafts. */
export interface Terms {
  readonly owner: string;
  /** Like 2026-03-31. */
  readonly expires: string;
}

const HEADING = ' Deviations accepted for now, by host. A run rejects a waiver without a reason.';
const LINE = 120;
/** A list shorter than this is written on one line; in characters. */
const SHORT = 80;

/** Edits a file of waivers, keeping its comments and order. */
export class WaiverFile {
  readonly #file: string;
  readonly #document: Document;
  readonly #list: YAMLSeq;
  /** A waiver was added that still has no reason. */
  hasNew = false;

  /** @param host whose waivers are edited @throws SetupError if the file exists but is invalid */
  constructor(file: string, host: string) {
    this.#file = file;
    this.#document = existsSync(file) ? readWaiverFile(file, { lenient: true }).document : new Document();
    if (!existsSync(file)) this.#document.commentBefore = HEADING;
    this.#document.contents ??= new YAMLMap();
    const hosts = this.#document.contents as YAMLMap;
    const pair = hosts.items.find(({ key }: Pair) => isScalar(key) && isSameHost(String(key.value), host));
    this.#list = isSeq(pair?.value) ? pair.value : new YAMLSeq();
    if (pair === undefined) hosts.set(host, this.#list);
    this.#list.flow = false;
  }

  /** Adds a waiver, or extends and renews the existing one with that id. @returns what was done; undefined if nothing */
  add({ id, cases, about }: Draft, { owner, expires }: Terms, today: string): string | undefined {
    const known = this.#find(id);
    if (known === undefined) {
      const item = this.#document.createNode({
        id,
        ...(cases ? { cases } : {}),
        reason: '',
        owner,
        expires,
      }) as YAMLMap;
      const list = item.get('cases', true);
      if (isSeq(list)) list.flow = String(cases).length < SHORT;
      item.commentBefore = ` ${about.replace(/\s+/g, ' ')}`;
      this.#list.add(item);
      this.hasNew = true;
      return `${id} added${cases === undefined ? '' : `, for ${count(cases.length)}`}`;
    }
    const done: string[] = [];
    const named = known.get('cases');
    const missing = isSeq(named) ? (cases ?? []).filter((one) => !textsOf(named).includes(one)) : [];
    for (const one of missing) (named as YAMLSeq).add(one);
    if (missing.length > 0) done.push(`${count(missing.length)} more`);
    if (String(known.get('expires')) < today) {
      known.set('expires', expires);
      done.push(`renewed until ${expires}`);
    }
    return done.length === 0 ? undefined : `${id}: ${done.join(', ')}`;
  }

  /** Removes what a run did not need. @returns what was done; undefined if nothing */
  prune({ id, cases = [], passing, state }: JudgedWaiver): string | undefined {
    if (state !== 'passed' && state !== 'unmatched') return undefined;
    const item = this.#find(id);
    if (item === undefined) return undefined;
    const named = item.get('cases');
    if (isSeq(named) && passing !== undefined && passing.length < cases.length) {
      named.items = named.items.filter((one) => !passing.includes(String(isScalar(one) ? one.value : one)));
      return `${id}: without ${passing.join(', ')}`;
    }
    this.#list.items.splice(this.#list.items.indexOf(item), 1);
    return `${id} removed`;
  }

  /** @throws SetupError if the file cannot be written */
  save(): void {
    try {
      writeFileSync(this.#file, this.#document.toString({ lineWidth: LINE }));
    } catch (thrown) {
      throw new SetupError(`${this.#file} cannot be written: ${messageOf(thrown)}`);
    }
  }

  #find(id: string): YAMLMap | undefined {
    return this.#list.items.find((item): item is YAMLMap => isMap(item) && String(item.get('id')).trim() === id);
  }
}

function textsOf(list: YAMLSeq): string[] {
  return list.items.map((one) => String(isScalar(one) ? one.value : one));
}

function count(cases: number): string {
  return cases === 1 ? '1 case' : `${cases} cases`;
}
