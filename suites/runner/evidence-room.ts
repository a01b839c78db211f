import type { CaseResult, Exchange } from '../judge/result.ts';

/** Maximum size of complete exchanges in a report, as characters of JSON. The whole report is then below 20 MB. */
const ROOM = 10_000_000;
/** Length of texts, and number of headers, kept after that. */
const BRIEF = { text: 200, headers: 10 };
const NOTE = '… (omitted: the report would be too large)';

/** Limits the size of a run's reports, whatever a server sends. */
export class EvidenceRoom {
  #left = ROOM;

  /** @returns the result as kept; without room, with truncated texts */
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
