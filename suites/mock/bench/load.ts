import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { SAMPLE_KEY, SAMPLE_MERCHANT } from '../sample-access.ts';

/** Results of one load. */
export interface LoadFigures {
  readonly requests: number;
  readonly seconds: number;
  readonly requestsPerSecond: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
  /** Fraction of its time that the client was busy: near 1, the client was the bottleneck. */
  readonly clientBusy: number;
  /** Messages of the first few wrong answers. */
  readonly wrong: readonly string[];
  readonly wrongCount: number;
}

/** One request of a load, and the check of its answer. */
export interface LoadCall {
  readonly body: string;
  readonly authorization: string;
  /** @returns what is wrong with the answer; undefined if it is correct */
  check(status: number, body: string): string | undefined;
}

const AUTHORIZATION = `Basic ${btoa(`${SAMPLE_KEY}:`)}`;
const CONNECTIONS = 10;

/**
 * Sends calls over ten connections, one at a time on each, and checks every answer. Uses raw sockets, because a client library
 * takes longer for a call than the measured server.
 * @throws Error if a connection breaks or an answer has no Content-Length
 */
export async function load(url: string, amount: number, next: () => LoadCall): Promise<LoadFigures> {
  const wrong: string[] = [];
  let wrongCount = 0;
  let sent = 0;
  const latencies = new Float64Array(amount);
  const { hostname, port } = new URL(url);
  const loop = performance.eventLoopUtilization();
  const started = performance.now();

  async function work(): Promise<void> {
    const socket = connect(Number(port), hostname).setNoDelay();
    await once(socket, 'connect');
    await new Promise<void>((resolve, reject) => {
      let index = 0;
      let call: LoadCall;
      let asked = 0;
      const ask = () => {
        if (sent === amount) return resolve();
        index = sent++;
        call = next();
        asked = performance.now();
        return void socket.write(requestText(call, hostname));
      };
      readAnswers(socket, (status, body) => {
        latencies[index] = performance.now() - asked;
        const flaw = call.check(status, body);
        if (flaw !== undefined && ++wrongCount <= 5) wrong.push(flaw);
        ask();
      });
      socket.on('error', reject).on('close', () => reject(new Error('the server closed a connection')));
      ask();
    });
    socket.destroy();
  }

  await Promise.all(Array.from({ length: CONNECTIONS }, work));
  const seconds = (performance.now() - started) / 1000;
  const clientBusy = performance.eventLoopUtilization(loop).utilization;
  latencies.sort();
  const at = (part: number) => latencies[Math.min(amount - 1, Math.floor(amount * part))] ?? Number.NaN;
  const figures = { requests: amount, seconds, requestsPerSecond: amount / seconds, p50: at(0.5), p99: at(0.99) };
  return { ...figures, clientBusy, wrong, wrongCount };
}

function requestText({ body, authorization }: LoadCall, host: string): string {
  return `POST /v2/customers HTTP/1.1\r\nhost: ${host}\r\nauthorization: ${authorization}\r\nx-merchantid: ${SAMPLE_MERCHANT}\r\ncontent-type: application/x-www-form-urlencoded\r\ncontent-length: ${body.length}\r\n\r\n${body}`;
}

/** Calls back with each answer on a connection. */
function readAnswers(socket: Socket, then: (status: number, body: string) => void): void {
  let pending = '';
  // Answers are ASCII, so a character is a byte.
  socket.setEncoding('latin1').on('data', (text: string) => {
    pending += text;
    const end = pending.indexOf('\r\n\r\n');
    if (end === -1) return;
    const length = /\r\ncontent-length: *(\d+)/i.exec(pending)?.[1];
    if (length === undefined) return void socket.destroy(new Error('an answer without Content-Length'));
    if (pending.length < end + 4 + Number(length)) return;
    const body = pending.slice(end + 4);
    const status = Number(pending.slice(9, 12));
    pending = '';
    then(status, body);
  });
}

/** A call with the right key. */
export function callWith(fields: Readonly<Record<string, string>>, check: LoadCall['check']): LoadCall {
  return { body: new URLSearchParams(fields).toString(), authorization: AUTHORIZATION, check };
}
