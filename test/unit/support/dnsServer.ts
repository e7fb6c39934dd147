import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { isIPv4 } from 'node:net';

/** What a server knows of a name: addresses, that there is no such name, a failure by its code (RFC 1035 section 4.1.1), or nothing at all. */
export type DnsAnswer = readonly string[] | 'no-such-name' | 'silence' | { readonly code: number };

export interface DnsServer {
  /** Address and port. */
  readonly address: string;
  /** Type and name of each question so far. */
  readonly questions: readonly string[];
  close(): Promise<void>;
}

/** A DNS server of the loopback over UDP, with an answer for each name; of the addresses it gives those of the family that is asked for. */
export async function startDnsServer(answerFor: (name: string) => DnsAnswer): Promise<DnsServer> {
  const questions: string[] = [];
  const socket = createSocket('udp4');
  socket.on('message', (query, { port, address }) => {
    const { name, end } = nameAt(query, 12);
    const family = query.readUInt16BE(end) === 1 ? 4 : 6;
    questions.push(`${family === 4 ? 'A' : 'AAAA'} ${name}`);
    const answer = answerFor(name);
    if (answer !== 'silence') socket.send(response(query, end + 4, family, answer), port, address);
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return {
    address: `127.0.0.1:${socket.address().port}`,
    questions,
    async close() {
      const closed = once(socket, 'close');
      socket.close();
      await closed;
    },
  };
}

function nameAt(query: Buffer, start: number): { readonly name: string; readonly end: number } {
  const labels: string[] = [];
  let at = start;
  for (let length = query.readUInt8(at); length > 0; length = query.readUInt8(at)) {
    labels.push(query.toString('latin1', at + 1, at + 1 + length));
    at += 1 + length;
  }
  return { name: labels.join('.'), end: at + 1 };
}

/** The question once more, and what is known. Source: RFC 1035 section 4.1, RFC 3596 section 2.2. */
function response(query: Buffer, end: number, family: 4 | 6, answer: Exclude<DnsAnswer, 'silence'>): Buffer {
  const known = typeof answer === 'object' && !('code' in answer) ? answer : [];
  const records = known.filter((address) => isIPv4(address) === (family === 4)).map(record);
  const code = answer === 'no-such-name' ? 3 : 'code' in answer ? answer.code : 0;
  const header = Buffer.from(query.subarray(0, 12));
  header.writeUInt16BE(0x8180 | code, 2);
  header.writeUInt16BE(records.length, 6);
  header.writeUInt32BE(0, 8);
  return Buffer.concat([header, query.subarray(12, end), ...records]);
}

function record(address: string): Buffer {
  const data = isIPv4(address) ? Buffer.from(address.split('.').map(Number)) : ipv6(address);
  const start = Buffer.from([0xc0, 12, 0, data.length === 4 ? 1 : 28, 0, 1, 0, 0, 0, 60, 0, data.length]);
  return Buffer.concat([start, data]);
}

/** Of an address with `::` in it. */
function ipv6(address: string): Buffer {
  const [head = [], tail = []] = address.split('::').map((half) => half.split(':').filter((group) => group !== ''));
  const groups = [...head, ...Array<string>(8 - head.length - tail.length).fill('0'), ...tail];
  return Buffer.concat(groups.map((group) => Buffer.from(group.padStart(4, '0'), 'hex')));
}
