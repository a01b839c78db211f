import type { CaseResult, Exchange } from '../judge/result.ts';

/** Characters of exchanges, as JSON, that a run's report shows whole: indented and with all the rest it is below 20 MB. */
const ROOM = 10_000_000;
/** What is left of a text, and how many headers of an answer, once there is no room any more. */
const BRIEF = { text: 200, headers: 10 };
const NOTE = '… (left out: the report would be too large)';

/** Keeps the reports of a run small enough to be opened, whatever a server sends. */
export class EvidenceRoom {
  #left = ROOM;

  /** @returns the result as it is kept: once the room is used up, with the beginnings of its texts alone */
  fit(result: CaseResult): CaseResult {
    const size = JSON.stringify(result.exchanges).length;
    if (size <= this.#left) {
      this.#left -= size;
      return result;
    }
    return { ...result, exchanges: result.exchanges.map(inBrief) };
  }
}

function inBrief(exchange: Exchange): Exchange {
  const { response } = exchange;
  if (response === undefined) return exchange;
  const headers = Object.entries(response.headers).slice(0, BRIEF.headers);
  const shown = Object.fromEntries(headers.map(([name, value]) => [name, cut(value)]));
  return { ...exchange, response: { ...response, headers: shown, body: cut(response.body) } };
}

function cut(text: string): string {
  return text.length <= BRIEF.text ? text : text.slice(0, BRIEF.text) + NOTE;
}
