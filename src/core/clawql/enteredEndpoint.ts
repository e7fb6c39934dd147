import { endpointUrl, parseHostEntry } from './hostEntry.ts';

/** What a user typed as an endpoint: its URL, or what is wrong with it. */
export type EnteredEndpoint =
  | { readonly kind: 'endpoint'; readonly url: string; readonly label: string }
  | { readonly kind: 'problem'; readonly text: string };

/** Reads a URL, or a host with a port; without a path it is ClawQL's own. */
export function enteredEndpoint(text: string): EnteredEndpoint {
  const entry = parseHostEntry(text);
  if (/^[^/]*@|:\/\/[^/]*@/.test(text)) {
    return {
      kind: 'problem',
      text: 'Leave user and password out: they would be stored and shown. Use a header instead.',
    };
  }
  if (/[?#]/.test(text)) {
    return { kind: 'problem', text: 'Leave the part from ? or # out: an endpoint of ClawQL has none.' };
  }
  if (entry === undefined || entry.name.startsWith('svc:')) {
    return { kind: 'problem', text: 'Enter an http or https URL, such as http://clawql-1.example.ts.net:8080/mcp' };
  }
  if (entry.door === undefined) {
    return { kind: 'problem', text: `Say at which port: http://${entry.name}:8080/mcp, or https://${entry.name}/mcp` };
  }
  const url = endpointUrl(entry.name, entry.door);
  return { kind: 'endpoint', url, label: new URL(url).host };
}
