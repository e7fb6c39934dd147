import type { ProbeFailure } from '../../mcp/probeOutcome.ts';
import { authorityOf } from './authority.ts';
import { openSetting, reconnect } from './actions.ts';
import type { EditorSeen, Evidence } from '../evidence.ts';
import { tlsVerdict } from './tlsVerdict.ts';
import { verdict, type Verdict } from './verdict.ts';

/** The server answers a direct call, and not the editor's: `was` and `detail` say what became of that. */
export function editorNetworkVerdict(
  evidence: Evidence,
  { was, detail }: { readonly was: ProbeFailure['kind']; readonly detail: string },
): Verdict {
  const { selection, editor, looks } = evidence;
  if (was === 'tls' && looks.tls?.kind === 'certificate') return tlsVerdict(evidence, { code: '', detail });
  const name = editor?.name ?? 'this editor';
  const by = `the ${proxyOf(editor) ?? "editor's own network settings"}`;
  return verdict({
    code: 'editor-proxy',
    kind: 'error',
    cause: `${authorityOf(selection.url)} answers a direct call, but not ${name} through ${by}: ${detail}.`,
    remedy: `Add ${noProxyOf(evidence)} to http.noProxy, or to NO_PROXY where the proxy comes from the environment.`,
    actions: [openSetting('http.noProxy'), openSetting('http.proxy')],
  });
}

/** The editor's proxy does not open a way to the server. */
export function proxyVerdict(evidence: Evidence, status: number): Verdict {
  const { selection, editor } = evidence;
  const proxy = proxyOf(editor) ?? 'proxy that this editor uses';
  return verdict({
    code: 'proxy-refuses',
    kind: 'error',
    cause: `The ${proxy} cannot reach ${authorityOf(selection.url)} (it answers HTTP ${status}), and no direct call does either.`,
    remedy: `Start the host, or ClawQL on it, and see that the tailnet policy opens the port; if the tailnet needs no proxy, add ${noProxyOf(evidence)} to http.noProxy.`,
    actions: [openSetting('http.noProxy')],
  });
}

/** Why the editor does not offer the tools of a server that is well; undefined where it does, or may with its next chat message. */
export function heldBackVerdict({ editor, selection }: Evidence): Verdict | undefined {
  if (editor === undefined || editor.proof.kind === 'observed') return undefined;
  if (editor.blockedBy !== undefined) {
    const { setting, value } = editor.blockedBy;
    return verdict({
      code: 'editor-shows-no-tools',
      kind: 'warning',
      cause: `${selection.label} is well, but ${editor.name} does not use it: ${setting} is ${value}.`,
      remedy: `Change ${setting}, or ask who set it: a policy of your organisation can.`,
      actions: [openSetting(setting)],
    });
  }
  if (editor.unsetVariable !== undefined) {
    const { name, file, key } = editor.unsetVariable;
    return verdict({
      code: 'editor-variable-unset',
      kind: 'warning',
      cause: `${selection.label} is well, but the server "${key}" in ${file} names ${name}, which is not set in ${editor.name}.`,
      remedy: `Set ${name} where ${editor.name} is started, or bring the entry in line.`,
      actions: [{ title: 'Bring in Line…', command: 'clawql.bringInLine', arguments: [] }],
    });
  }
  return editor.startedWithoutTools ? withoutTools(editor, selection.label) : undefined;
}

function withoutTools({ name }: EditorSeen, label: string): Verdict {
  return verdict({
    code: 'editor-shows-no-tools',
    kind: 'warning',
    cause: `${label} is well, but ${name} has tried to start it and holds none of its tools.`,
    remedy: '"MCP: List Servers", then "Show Output", says why; "Reconnect" has it started anew.',
    actions: [reconnect],
  });
}

function proxyOf(editor: EditorSeen | undefined): string | undefined {
  return editor?.proxy && `proxy ${editor.proxy.to} (${editor.proxy.by})`;
}

/** What a list of exceptions needs to hold so that the tailnet is left out of the proxy. */
function noProxyOf({ selection, tailnet }: Evidence): string {
  const suffix = tailnet.kind === 'running' ? tailnet.tailnet.suffix : '';
  const { hostname } = new URL(selection.url);
  return suffix !== '' && hostname.endsWith(`.${suffix}`) ? `.${suffix}` : hostname;
}
