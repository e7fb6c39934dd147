import type { ProbeFailure, ProbeStep } from '../../mcp/probeOutcome.ts';
import { lookAgain, openSetting, selectAnother } from './actions.ts';
import { authorityOf } from './authority.ts';
import type { Evidence } from '../evidence.ts';
import { httpsThereVerdict } from './tlsVerdict.ts';
import { verdict, type Verdict } from './verdict.ts';
import { wrongPort } from './wayVerdict.ts';

type HttpFailure = Exclude<
  ProbeFailure,
  {
    kind:
      | 'name-not-found'
      | 'resolver-silent'
      | 'wrong-address'
      | 'refused'
      | 'timeout'
      | 'unreachable'
      | 'tls'
      | 'editor-network'
      | 'proxy'
      | 'other';
  }
>;

/** That the editor has got further than the look, which has no token. It can have lost the way since. */
function heldText({ editor }: Evidence): string {
  return editor?.proof.kind === 'observed' ? `; ${editor.name} has signed in and holds its tools` : '';
}

/** What answered in place of ClawQL, at the step at which it did. */
export function httpVerdict(evidence: Evidence, step: ProbeStep, failure: HttpFailure): Verdict {
  const { selection } = evidence;
  const place = authorityOf(selection.url);
  switch (failure.kind) {
    case 'https-needed':
      return httpsThereVerdict(evidence);
    case 'invalid-host':
      return verdict({
        code: 'host-filter',
        kind: 'error',
        cause: `ClawQL at ${place} refuses this name: its MCP_HOST allows only localhost.`,
        remedy: 'On the host, set MCP_HOST=0.0.0.0 and restart ClawQL.',
        actions: [
          { title: 'Copy "MCP_HOST=0.0.0.0"', command: 'clawql.copyText', arguments: ['MCP_HOST=0.0.0.0'] },
          lookAgain,
        ],
      });
    case 'sign-in':
      return verdict({
        code: 'wants-sign-in',
        kind: 'warning',
        cause: `${place} is alive and wants a sign-in. Without one no more is seen of it from here${heldText(evidence)}.`,
        remedy:
          'If its tools do not answer, select the server anew to give its token again; an entry in a file needs an Authorization header.',
        actions: [selectAnother],
      });
    case 'redirect':
      return verdict({
        code: 'login-page',
        kind: 'error',
        cause: `${place} redirects callers to another place, which is not followed: a login page or a proxy is in front of it.`,
        remedy: 'Let what is in front pass /mcp and /healthz.',
      });
    case 'html-page':
      return verdict({
        code: 'login-page',
        kind: 'error',
        cause: `${place} answers with ${failure.detail} in place of ClawQL: a login page, or another site.`,
        remedy: 'Let what is in front pass /mcp and /healthz, or check the port.',
        actions: [selectAnother],
      });
    case 'not-clawql':
      return (
        wrongPort(evidence, `What answers at ${place} is not ClawQL`) ??
        verdict({
          code: 'not-clawql',
          kind: 'error',
          cause: `What answers at ${place} is not ClawQL.`,
          remedy: 'Check the port, and which service uses it on the host.',
          actions: [selectAnother, openSetting('clawql.ports')],
        })
      );
    case 'http-status':
      return ofStatus(evidence, step, failure.status);
    case 'too-large':
    case 'protocol':
      return verdict({
        code: 'unusable-answer',
        kind: 'error',
        cause: `${place} gave no usable answer at the step "${step}": ${failure.detail}.`,
        remedy: "Look at the server's log.",
        actions: [lookAgain],
      });
  }
}

function ofStatus(evidence: Evidence, step: ProbeStep, status: number): Verdict {
  const { selection } = evidence;
  const place = authorityOf(selection.url);
  const isPastHealthz = step === 'initialize' || step === 'tools';
  if (status === 403) {
    return verdict({
      code: 'forbidden-in-front',
      kind: 'error',
      cause: `Something in front of ClawQL at ${place} answers with HTTP 403; it is not ClawQL's own Host filter, which says so.`,
      remedy: 'Let the reverse proxy there pass /mcp and /healthz for tailnet names.',
    });
  }
  if (status === 406) {
    return verdict({
      code: 'not-acceptable',
      kind: 'error',
      cause: `${place} answers with HTTP 406: the Accept header does not arrive there as it was sent.`,
      remedy: 'Have what is in front pass "Accept: application/json, text/event-stream" on.',
    });
  }
  if (status >= 502 && status <= 504) {
    return verdict({
      code: 'backend-down',
      kind: 'error',
      cause: `${place} answers, but the server behind it does not (HTTP ${status}).`,
      remedy: 'Start clawql-mcp-http on the host, or mend where Tailscale Serve or the proxy there leads.',
      actions: [lookAgain],
    });
  }
  if (status === 404) {
    const elsewhere = isPastHealthz ? undefined : wrongPort(evidence, `${place} answers, and not as ClawQL (HTTP 404)`);
    return (
      elsewhere ??
      verdict({
        code: 'wrong-path',
        kind: 'error',
        cause: `${place} answers with HTTP 404 ${isPastHealthz ? `at ${new URL(selection.url).pathname}` : 'for /healthz and for the path of the URL'}.`,
        remedy: isPastHealthz
          ? 'Its healthz names a path at which it does not answer: see whether what is in front passes that path on.'
          : 'Another server may use that port, or ClawQL lies below a path: where Tailscale Serve mounts it at /clawql, the URL ends in /clawql/mcp ("tailscale serve status" on the host says so).',
        actions: [selectAnother, openSetting('clawql.hosts')],
      })
    );
  }
  return verdict({
    code: 'http-error',
    kind: 'error',
    cause: `${place} answers with HTTP ${status}${isPastHealthz ? ` at the step "${step}"` : ''}.`,
    remedy: "Look at the server's log.",
    actions: [lookAgain],
  });
}
