import { decodeStatus } from '../../src/core/tailnet/status.ts';
import { describeTailnet } from '../../src/core/tailnet/describe.ts';
import { placesToTry } from '../../src/node/daemon/placesToTry.ts';
import { DaemonReader } from '../../src/node/daemon/daemonReader.ts';

/** Which tailnet the editor will see, and why. */
export interface TailnetChoice {
  readonly kind: 'demo' | 'real';
  readonly why: string;
}

/** This machine's tailnet where its daemon or its command answers as the extension would ask it, else the demo. */
export async function chooseTailnet(wanted: TailnetChoice['kind'] | undefined): Promise<TailnetChoice> {
  if (wanted === 'demo') return { kind: 'demo', why: 'You asked for it.' };
  const found = await readOwnTailnet();
  if (wanted === 'real') return { kind: 'real', why: `You asked for it. ${found.text}` };
  return found.answers
    ? {
        kind: 'real',
        why: `${found.text} "npm start -- --demo" shows the demo instead.`,
      }
    : { kind: 'demo', why: found.text };
}

async function readOwnTailnet(): Promise<{
  readonly answers: boolean;
  readonly text: string;
}> {
  const silent = (): void => undefined;
  const log = { debug: silent, info: silent, warn: silent, error: silent };
  const reader = new DaemonReader(
    (platform) => placesToTry(platform, { socketPath: '', cliPath: '' }, process.env['PATH']),
    log,
  );
  try {
    const reading = await reader.read(new AbortController().signal);
    if (reading.kind === 'failed') {
      return {
        answers: false,
        text: describeTailnet({ kind: 'unavailable', failure: reading.failure }).cause,
      };
    }
    const { where } = reading.source;
    const decoded = decodeStatus(reading.document);
    if (!decoded.ok)
      return {
        answers: true,
        text: `${where} answers, but not with a status: ${decoded.reason}.`,
      };
    const { state } = decoded;
    if (state.kind === 'running') return { answers: true, text: `${where} says: ${state.tailnet.name}.` };
    return {
      answers: true,
      text: `${where} answers. ${state.kind === 'off' ? describeTailnet(state).cause : ''}`,
    };
  } finally {
    await reader.dispose();
  }
}
