import { durationText } from '../../duration.ts';
import type { ProbeFailure, ProbeOutcome } from '../../mcp/probeOutcome.ts';
import { lookAgain } from './actions.ts';
import { answeredVerdict } from './answeredVerdict.ts';
import { authorityOf } from './authority.ts';
import { editorNetworkVerdict, proxyVerdict } from './editorVerdict.ts';
import type { Evidence } from '../evidence.ts';
import { unreachableVerdict } from './hereVerdict.ts';
import { httpVerdict } from './httpVerdict.ts';
import { foreignAddressVerdict, unresolvedVerdict } from './nameVerdict.ts';
import { httpsThereVerdict, tlsVerdict } from './tlsVerdict.ts';
import { verdict, type Verdict } from './verdict.ts';
import { refusalVerdict, silenceVerdict } from './wayVerdict.ts';

/** What the editor's call of the endpoint came to, in the light of all that was seen besides. */
export function callVerdict(evidence: Evidence, call: ProbeOutcome): Verdict {
  return call.kind === 'answered' ? answeredVerdict(evidence, call) : failedVerdict(evidence, call);
}

function failedVerdict(evidence: Evidence, { step, failure }: Extract<ProbeOutcome, { kind: 'failed' }>): Verdict {
  switch (failure.kind) {
    case 'name-not-found':
    case 'resolver-silent':
      return unresolvedVerdict(evidence);
    case 'wrong-address':
      return foreignAddressVerdict(evidence, failure.address);
    case 'refused':
      return refusalVerdict(evidence);
    case 'timeout':
      return timeoutVerdict(evidence, step, failure);
    case 'unreachable':
      return unreachableVerdict(evidence, failure.detail);
    case 'tls':
      return tlsVerdict(evidence, failure);
    case 'editor-network':
      return editorNetworkVerdict(evidence, failure);
    case 'proxy':
      return proxyVerdict(evidence, failure.status);
    case 'other':
      return otherVerdict(evidence, failure.detail);
    default:
      // Past the editor's proxy ClawQL itself answers: what answered here was the proxy.
      if (evidence.looks.direct?.kind === 'answered')
        return editorNetworkVerdict(evidence, { was: failure.kind, detail: failure.detail });
      return failure.kind === 'http-status' && isProxys(evidence, failure.status)
        ? proxyVerdict(evidence, failure.status)
        : httpVerdict(evidence, step, failure);
  }
}

/** Whether an error is the proxy's own word on plain HTTP, for which it opens no tunnel: nothing at the place itself gives an answer. */
function isProxys({ selection, looks, editor }: Evidence, status: number): boolean {
  if (editor?.proxy === undefined || status < 500 || new URL(selection.url).protocol !== 'http:') return false;
  const isClosed = looks.tcp !== undefined && looks.tcp.kind !== 'open';
  return isClosed || (looks.direct?.kind === 'failed' && isWithoutAnswer(looks.direct.failure));
}

function isWithoutAnswer({ kind }: ProbeFailure): boolean {
  return ['name-not-found', 'resolver-silent', 'refused', 'timeout', 'unreachable', 'other'].includes(kind);
}

function timeoutVerdict(
  evidence: Evidence,
  step: string,
  { afterMs }: Extract<ProbeFailure, { kind: 'timeout' }>,
): Verdict {
  const { looks, selection } = evidence;
  const isTls = new URL(selection.url).protocol === 'https:';
  const isOpen = looks.tcp?.kind === 'open';
  const isEarly = step === 'resolve' || step === 'connect' || step === 'tls';
  // Also where an earlier step was answered: the way can close in between.
  if ((isEarly && !isOpen) || looks.tcp?.kind === 'silent') return silenceVerdict(evidence, afterMs);
  if (isEarly && isTls && looks.tls?.kind !== 'certificate')
    return tlsVerdict(evidence, { code: '', detail: 'no answer' });
  const where = isEarly ? '/healthz' : `the step "${step}"`;
  return verdict({
    code: 'server-hangs',
    kind: 'error',
    cause: `${authorityOf(selection.url)} takes the connection and gave no answer to ${where} within ${durationText(afterMs)}.`,
    remedy: 'The server or a proxy in front of it hangs: look at its log, or restart ClawQL on the host.',
    actions: [lookAgain],
  });
}

/** The connection broke without a reason of its own, as it does where TLS is spoken to by plain HTTP. */
function otherVerdict(evidence: Evidence, detail: string): Verdict {
  const { looks, selection } = evidence;
  const isPlain = new URL(selection.url).protocol === 'http:';
  if (isPlain && (looks.tls?.kind === 'certificate' || looks.tls?.kind === 'no-certificate'))
    return httpsThereVerdict(evidence);
  if (!isPlain && looks.tls?.kind === 'no-tls') return tlsVerdict(evidence, { code: '', detail });
  return verdict({
    code: 'unusable-answer',
    kind: 'error',
    cause: `${authorityOf(selection.url)} gave no usable answer: ${detail}.`,
    remedy: "Look at the server's log.",
    actions: [lookAgain],
  });
}
