import type { Credential } from '../../clawql/credentials.ts';
import { catalogueVersion } from '../../clawql/catalogueRows.ts';
import type { Encryption } from '../../routes/encryption.ts';
import type { Answer, Decision, NoTarget, NotAsked, RouteTarget } from '../../routes/route.ts';
import { vantageText, type Vantage } from '../../vantage.ts';
import { flat } from '../escape.ts';
import type { Said } from './said.ts';

/** What decides, as a noun. */
export function decisionSaid(decision: Decision): Said {
  switch (decision.kind) {
    case 'variable':
      return {
        text: `${flat(decision.name)} in ${flat(decision.place.path)}, line ${decision.place.line}`,
        place: decision.place,
      };
    case 'environment':
      return { text: `${flat(decision.name)} in the environment of this editor` };
    case 'spec':
      return {
        text: `${decision.field} in ${flat(decision.place.path)}, line ${decision.place.line}`,
        place: decision.place,
      };
    case 'bundled':
      return { text: `the description that ClawQL ${catalogueVersion} brings along` };
    case 'description': {
      const named = decisionSaid(decision.named);
      return { ...named, text: `the description that ${named.text} names` };
    }
  }
}

/** Begins with `nowhere` where it is known that nothing can be called. */
export const noTargetReasons: Readonly<Record<NoTarget, string>> = {
  'no-server': 'nowhere: its description names no server, so execute fails',
  'relative-server': 'nowhere: the server in its description is no whole URL, so execute fails with "Invalid URL"',
  'templated-server': 'nowhere: the server in its description holds a variable, which ClawQL does not replace',
  unreadable: 'not known: its description cannot be read from here',
  'missing-file': 'not known: its description is not there',
  'outside-workspace': 'not known: its description lies outside of this workspace and was not read',
  'remote-description': 'not known: ClawQL fetches its description when it starts; it was not fetched from here',
  'unknown-provider': `nowhere: ClawQL ${catalogueVersion} knows no such provider and does not start`,
  placeholder: 'nowhere: a placeholder stands in place of the host',
  'unreplaced-variable': 'nowhere: the value holds a variable, which ClawQL does not replace',
  'no-scheme': 'nowhere: no http:// or https:// stands before the host',
  'no-url': 'nowhere: the value is no URL that can be called',
};

export function targetText(target: RouteTarget): string {
  switch (target.kind) {
    case 'url':
      return target.shown;
    case 'vendor':
      return `${target.shown} (${target.count} APIs)`;
    case 'none':
      return target.shown === ''
        ? noTargetReasons[target.reason]
        : `${target.shown}: ${noTargetReasons[target.reason]}`;
  }
}

export function encryptionText({ tls, wireguard }: Encryption): string {
  const inner = tls === 'yes' ? 'TLS' : tls === 'no' ? 'no TLS' : 'TLS not known';
  switch (wireguard) {
    case 'inside-host':
      return `stays on the MCP host, ${inner}`;
    case 'whole':
      return `WireGuard, ${inner}`;
    case 'conditional':
      return `WireGuard as long as the MCP host is in this tailnet, ${inner}`;
    case 'to-router':
      return `WireGuard as far as the subnet router, ${inner}`;
    case 'no':
      return tls === 'no' ? 'not encrypted' : inner;
    case 'unknown':
      return tls === 'unknown' ? 'not known' : `${inner}; whether WireGuard is not known`;
  }
}

export function credentialsText(credentials: readonly Credential[]): string {
  if (credentials.length === 0) return 'none that is configured here';
  return credentials.map(credentialText).join('; ');
}

function credentialText({ variable, carries, certainty }: Credential): string {
  const what = carries === 'token' ? variable : `${variable} (headers)`;
  return certainty === 'sent' ? what : `perhaps ${what}`;
}

const whys: Readonly<Record<NotAsked, string>> = {
  'not-trusted': 'not asked: this workspace is not trusted',
  'no-target': 'not asked: there is no place to ask',
  public: 'not asked: only nodes of the tailnet are',
  'not-in-tailnet': 'not asked: it is not known to be a node of the tailnet, and only those are',
  'host-loopback': 'not asked: only the MCP host reaches it',
  offline: 'not asked: its node is offline',
  'too-many': 'not asked: there are too many',
  'not-yet': 'not asked yet',
};

/** Seen by a connection to the port; nothing is sent over it. */
export function answerText(answer: Answer, vantage: Vantage): string {
  const from = `as seen from ${flat(vantageText(vantage))}`;
  switch (answer.kind) {
    case 'open':
      return `its port answers, ${from}`;
    case 'closed': {
      const how = {
        refused: 'nothing listens at its port',
        silent: 'its port is silent',
        unreachable: 'it cannot be reached',
      };
      return `${how[answer.how]}, ${from}`;
    }
    case 'not-asked':
      return whys[answer.why];
  }
}
