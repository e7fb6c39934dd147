import type { Healthz } from '../clawql/healthz.ts';
import type { AnsweredProbe, ProbeFailure, ProbeOutcome, ProbeStep } from './probeOutcome.ts';

/** What a probe's outcome means, for people: how bad, what was seen, what to do. */
export interface Verdict {
  readonly kind: 'ok' | 'warning' | 'error';
  readonly cause: string;
  readonly remedy?: string;
  /** Of a server that answers: what is wrong with it, without what was seen besides. */
  readonly problem?: string;
}

export function verdictOf(outcome: ProbeOutcome): Verdict {
  if (outcome.kind === 'answered') return answeredVerdict(outcome);
  // A server that asks who is there is alive: what is missing is on this side.
  const kind = outcome.failure.kind === 'sign-in' ? 'warning' : 'error';
  return { kind, ...explain(outcome.url, outcome.step, outcome.failure) };
}

function answeredVerdict({ url, server, tools, healthz }: AnsweredProbe): Verdict {
  const seen = `${server.name} ${server.version} answers at ${url} with ${tools.length} ${tools.length === 1 ? 'tool' : 'tools'}`;
  const problem = problemOf(healthz);
  if (problem !== undefined) {
    const clause = problem.text.charAt(0).toLowerCase() + problem.text.slice(1);
    return { kind: 'warning', cause: `${seen}, but ${clause}`, problem: problem.text, remedy: problem.remedy };
  }
  return { kind: 'ok', cause: `${seen}.` };
}

/** What a server says is wrong with itself. */
function problemOf({ status, vaultProblem }: Healthz): { readonly text: string; readonly remedy: string } | undefined {
  if (vaultProblem !== undefined) {
    const { error, fixCommand } = vaultProblem;
    const remedy = fixCommand === '' ? 'Look at the vault on the host.' : `On the host, run: ${fixCommand}`;
    return { text: `Its vault cannot be written${error === '' ? '' : `: ${error}`}.`, remedy };
  }
  return status === 'ok' ? undefined : { text: `It calls itself "${status}".`, remedy: "Look at the server's log." };
}

interface Explanation {
  readonly cause: string;
  readonly remedy: string;
}

function explain(url: string, step: ProbeStep, failure: ProbeFailure): Explanation {
  const { hostname } = new URL(url);
  const host = authority(url);
  // From here on the port and the path are right, and the way there is open.
  const answeredBefore = step === 'initialize' || step === 'tools';
  switch (failure.kind) {
    case 'name-not-found':
      return {
        cause: `This machine's resolver does not know ${hostname}, although the node is in the tailnet.`,
        remedy: 'Let Tailscale manage DNS here: tailscale set --accept-dns=true',
      };
    case 'wrong-address':
      return {
        cause: `This machine's resolver sends ${hostname} to ${failure.address}, which is not the node; nothing was sent there.`,
        remedy: 'Look for the name in the hosts file or in another DNS server, and remove it there.',
      };
    case 'refused':
      return {
        cause: `The node is there, but nothing listens at ${host}.`,
        remedy: 'Start clawql-mcp-http on the host, or set clawql.ports to the port that it uses.',
      };
    case 'resolver-silent':
      return {
        cause: `This machine's resolver gave no answer for ${hostname}: ${failure.detail}.`,
        remedy:
          "If Tailscale's DNS is switched off here, run: tailscale set --accept-dns=true; otherwise check this machine's name servers.",
      };
    case 'timeout':
      return {
        cause: `${host} did not answer ${answeredBefore ? `at the step "${step}" ` : ''}within ${(failure.afterMs / 1000).toFixed(1)} s.`,
        remedy: answeredBefore
          ? "It answered a moment ago: look at the server's log."
          : 'The tailnet policy or a firewall on the host may close that port: ask the administrator.',
      };
    case 'unreachable':
      return { cause: `There is no route to ${host}: ${failure.detail}.`, remedy: 'Check that Tailscale is up here.' };
    case 'editor-network':
      return {
        cause: `${host} answers a direct call, but not through the editor's own network settings: ${failure.detail}.`,
        remedy: 'Add the tailnet suffix to http.noProxy, or check http.proxy and the certificates.',
      };
    case 'proxy':
      return {
        cause: `The proxy that this editor uses cannot reach ${host} (it answers HTTP ${failure.status}).`,
        remedy: 'Start ClawQL on the host; if the tailnet needs no proxy, add its suffix to http.noProxy.',
      };
    case 'tls':
      return {
        cause: `TLS with ${host} fails: ${failure.detail}.`,
        remedy: 'Use a certificate for that name which this machine trusts, for example by tailscale serve.',
      };
    case 'invalid-host':
      return {
        cause: `ClawQL at ${host} refuses this name: its MCP_HOST allows only localhost.`,
        remedy: 'On the host, set MCP_HOST=0.0.0.0 and restart ClawQL.',
      };
    case 'sign-in':
      return { cause: `${host} is alive and wants a sign-in.`, remedy: 'Give the MCP entry an Authorization header.' };
    case 'redirect':
      return {
        cause: `${host} redirects to another place, which is not followed: a login page or a proxy is in front.`,
        remedy: 'Let the proxy pass /mcp and /healthz.',
      };
    case 'http-status':
      return explainStatus(host, failure.status, answeredBefore);
    case 'not-clawql':
      return {
        cause: `What answers at ${host} is not ClawQL.`,
        remedy: 'Check the port, and which service uses it on the host.',
      };
    case 'too-large':
    case 'protocol':
    case 'other':
      return { cause: `${host} gave no usable answer: ${failure.detail}.`, remedy: "Look at the server's log." };
  }
}

function explainStatus(host: string, status: number, answeredBefore: boolean): Explanation {
  if (status === 403) {
    return {
      cause: `Something in front of ClawQL at ${host} answers with HTTP 403.`,
      remedy: 'Let the reverse proxy there pass /mcp and /healthz for tailnet names.',
    };
  }
  if (status >= 502 && status <= 504) {
    return {
      cause: `${host} answers, but the server behind it does not (HTTP ${status}).`,
      remedy: 'Start clawql-mcp-http on the host, or mend where Tailscale Serve or the proxy there leads.',
    };
  }
  const wrongPlace = status === 404 && !answeredBefore;
  return {
    cause: `${host} answers with HTTP ${status}.`,
    remedy: wrongPlace ? 'Another server may use that port, or the path is another one.' : "Look at the server's log.",
  };
}

/** Name and port, the port also where the URL leaves it out. */
function authority(url: string): string {
  const { host, port, protocol } = new URL(url);
  return port === '' ? `${host}:${protocol === 'https:' ? 443 : 80}` : host;
}
