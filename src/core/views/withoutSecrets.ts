import type { Diagnosis } from '../diagnosis/diagnosis.ts';
import type { Snapshot } from '../snapshot.ts';

/** What nobody gets to read but the user of this machine. */
export interface Private {
  /** Whoever opens one logs this machine in as themselves. */
  readonly loginPages: readonly string[];
  /** MagicDNS names of peers that are no hosts of ClawQL's, lower case. */
  readonly peers: ReadonlySet<string>;
}

/** Of a snapshot, and of the tailnet as a diagnosis saw it. */
export function privateOf({ tailnet, hosts, selection }: Snapshot, diagnosis: Diagnosis | undefined): Private {
  const evidence = diagnosis?.evidence;
  const states = [tailnet, ...(evidence === undefined ? [] : [evidence.tailnet])];
  const urls = [...hosts.flatMap(({ host }) => host.candidates), ...(selection === undefined ? [] : [selection.url])];
  const told = new Set([
    ...hosts.map(({ host }) => host.name),
    ...urls.map((url) => new URL(url).hostname),
    ...(evidence?.node === undefined ? [] : [evidence.node.name]),
  ]);
  const peers = states.flatMap((state) => (state.kind === 'running' ? state.tailnet.peers : []));
  return {
    loginPages: states.flatMap((state) => (state.kind === 'off' && state.authUrl !== '' ? [state.authUrl] : [])),
    peers: new Set(peers.map(({ name }) => name).filter((name) => name !== '' && !told.has(name))),
  };
}

const hidden = '…';

/** What is taken out wherever it stands, with what is left of it. */
const secrets: readonly (readonly [RegExp, string])[] = [
  // Pages at which a machine is logged in. Sources: Tailscale's `AuthURL`; headscale `hscontrol/auth.go`.
  [/(https?:\/\/[^\s/]+\/(?:a|register|auth)\/)[^\s"'<>]+/gi, `$1${hidden}`],
  // User and password before a host, with a scheme and without.
  [/(?<=:\/\/)[^\s"'<>]*@/g, `${hidden}@`],
  [/(?<![^\s"'<>(=])[^\s"'<>:/@]+:(?!\/\/)[^\s"'<>@]+@/g, `${hidden}@`],
  // From the first `?` or `#` of a URL on, but for what ends the sentence.
  [/(?<=:\/\/[^\s"'<>?#]*)[?#][^\s"'<>]*?(?=[.,;:)]*(?:[\s"'<>]|$))/g, `?${hidden}`],
  [/([?&;][\w-]*(?:token|key|secret|password|auth|code)=)[^\s&"'<>]+?(?=[.,;:)]*(?:[\s&"'<>]|$))/gi, `$1${hidden}`],
  [/\b(bearer|basic|apikey)\s+[\w.+/=~-]{8,}/gi, `$1 ${hidden}`],
  // Keys that say themselves what they are, and JSON web tokens.
  [/(?<!\w)(?:[th]skey-|gh[oprsu]_|github_pat_|xox[a-z]-|lin_api_|ya29\.|eyJ)[\w.-]{8,}/g, hidden],
  [/(?<!\w)sk-[\w-]{20,}/g, hidden],
];

/** The text without what is private: no login page, no user, password, query or fragment of a URL, no token, and no peer's name. */
export function withoutSecrets(text: string, { loginPages, peers }: Private): string {
  const unpaged = loginPages.reduce((told, page) => told.replaceAll(page, 'the login page'), text);
  return secrets
    .reduce((told, [form, rest]) => told.replace(form, rest), unpaged)
    .replace(/[\w-]+(?:\.[\w-]+)+/g, (name) => (peers.has(name.toLowerCase()) ? 'another node' : name));
}
