import type { HostReport } from '../../clawql/hostReport.ts';
import { hostsByName, pathOf } from '../../clawql/sameEndpoint.ts';
import type { AnsweredProbe } from '../../mcp/probeOutcome.ts';
import { escapeIcons, flat } from '../../views/escape.ts';
import { calledServer } from '../calledServer.ts';
import type { ClawqlReference } from '../clawqlReference.ts';
import type { Fix } from '../fix.ts';
import type { Finding, Rule, RuleContext } from '../rule.ts';
import { setReference } from '../urlReference.ts';

interface WrongPath {
  readonly reference: ClawqlReference;
  /** The paths at which ClawQL answered behind the same door; at least one. */
  readonly paths: readonly string[];
}

export const mcpPath: Rule<WrongPath> = {
  meta: {
    id: 'mcp-path',
    severity: 'warning',
    summary: "The path of a ClawQL server's URL is not the one at which that host answers.",
  },
  check,
  message: ({ reference: { name, target }, paths }) =>
    `${calledServer(name)} points at the path ${flat(target.url.pathname)} of ${flat(target.url.host)}, where ClawQL does not ` +
    `answer: it answers at ${paths.map((path) => flat(path)).join(' and ')}. Put that path there.`,
  fixes,
};

function check({ model, references, snapshot: { hosts } }: RuleContext): readonly Finding<WrongPath>[] {
  if (model.kind !== 'mcp' || references.length === 0) return [];
  const byName = hostsByName(hosts);
  return references.flatMap((reference) => {
    const { url, host } = reference.target;
    const report = byName.get(host);
    const paths = report === undefined ? [] : answeringPaths(url, report);
    return paths.length === 0 ? [] : [{ span: reference.span, data: { reference, paths } }];
  });
}

/** Where ClawQL answers behind the URL's door; none where its own path is one of these, or nothing is known of it. */
function answeringPaths(url: URL, report: HostReport): readonly string[] {
  const outcomes = report.outcomes.filter((outcome) => {
    const { protocol, port } = new URL(outcome.url);
    return protocol === url.protocol && port === url.port;
  });
  const answers = outcomes.filter((outcome) => outcome.kind === 'answered');
  if (answers.some((answer) => pathOf(new URL(answer.url)) === pathOf(url))) return [];
  const wasTried = outcomes.some(
    (outcome) =>
      outcome.kind === 'failed' &&
      outcome.step === 'healthz' &&
      ['http-status', 'not-clawql', 'html-page'].includes(outcome.failure.kind) &&
      pathOf(new URL(outcome.url)) === pathOf(url),
  );
  const telling = answers.filter((answer) => wasTried || isBeside(url, answer));
  return [...new Set(telling.map((answer) => new URL(answer.url).pathname))];
}

/**
 * Whether a path leads to the server that answered, and not below another mount of Tailscale Serve, where another one may be: `healthz`
 * of that server has named its one path.
 */
function isBeside(url: URL, answer: AnsweredProbe): boolean {
  if (answer.healthz === undefined) return false;
  const folder = folderOf(new URL(answer.url));
  return folderOf(url) === folder || pathOf(url) === folder;
}

function folderOf({ pathname }: URL): string {
  return pathname.replace(/\/[^/]*\/?$/, '');
}

function fixes({ reference, paths }: WrongPath): readonly Fix[] {
  const [, origin = '', rest = ''] = /^([a-z]+:\/\/[^/?#]*)[^?#]*(.*)$/is.exec(reference.value) ?? [];
  return paths.flatMap((path) => {
    const edits = origin === '' ? undefined : setReference(reference, origin + path + rest, origin + path + rest);
    const title = `Use the path ${escapeIcons(path)}`;
    return edits === undefined ? [] : [{ kind: 'edit', title, isPreferred: paths.length === 1, edits }];
  });
}
