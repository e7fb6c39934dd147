import assert from 'node:assert/strict';
import { hostsOf } from '../../../../src/core/clawql/hostsOf.ts';
import { namesToLookUp } from '../../../../src/core/diagnostics/clawqlReference.ts';
import { readDocument, type DocumentModel } from '../../../../src/core/diagnostics/documentModel.ts';
import type { Fix } from '../../../../src/core/diagnostics/fix.ts';
import { lint } from '../../../../src/core/diagnostics/lint.ts';
import type { Problem } from '../../../../src/core/diagnostics/rule.ts';
import type { SourceDocument } from '../../../../src/core/diagnostics/sourceDocument.ts';
import type { Snapshot } from '../../../../src/core/snapshot.ts';
import type { TailnetNode } from '../../../../src/core/tailnet/tailnet.ts';
import { applyEdits, spanEnd } from '../../../../src/core/text.ts';
import { answered, laptop, node, report, snapshot, tailnet, wanted } from '../../support/builders.ts';

/** What a test says of the world; the rest is a laptop in a tailnet with nobody else in it. */
export interface World {
  readonly self?: Partial<TailnetNode>;
  readonly peers?: readonly TailnetNode[];
  /** Names of tagged nodes that answered, at port 8080. */
  readonly answering?: readonly string[];
  readonly snapshot?: Partial<Snapshot>;
}

export function snapshotOf({ self, peers = [], answering = [], snapshot: parts }: World): Snapshot {
  const seen = tailnet(peers, { self: { ...laptop, ...self } });
  const hosts = hostsOf({ kind: 'running', tailnet: seen }, wanted(parts?.settings)).map((host) => {
    const url = `http://${host.name}:8080/mcp`;
    return report(host, answering.includes(host.id) ? [answered(url)] : []);
  });
  return snapshot({ tailnet: { kind: 'running', tailnet: seen }, hosts, ...parts });
}

/** What makes this machine itself a ClawQL host. */
export const taggedSelf: Partial<TailnetNode> = { tags: ['tag:clawql-mcp'] };

/** One ClawQL host that answers, seen from a laptop. */
export const oneHost: World = { peers: [node('clawql-1')], answering: ['clawql-1'] };

export const twoHosts: World = {
  peers: [node('clawql-1'), node('clawql-2')],
  answering: ['clawql-1', 'clawql-2'],
};

export type Place = Partial<Omit<SourceDocument, 'text' | 'path'>>;

export function read(path: string, text: string, place: Place = {}): DocumentModel {
  const model = readDocument({
    path,
    text,
    tracking: 'untracked',
    besideCompose: false,
    inWorkspace: true,
    isHere: true,
    ...place,
  });
  assert.ok(model, `${path} is checked`);
  return model;
}

export function problemsOf(path: string, text: string, world: World, place: Place = {}): readonly Problem[] {
  return lint(read(path, text, place), snapshotOf(world));
}

/** Rule, severity and underlined text of each problem. */
export function briefly(path: string, text: string, world: World, place: Place = {}): readonly string[] {
  return inBrief(text, problemsOf(path, text, world, place));
}

export function onlyProblem(path: string, text: string, world: World, place: Place = {}): Problem {
  return only(problemsOf(path, text, world, place));
}

/** All fixes of the only problem, by title: the text that an edit makes, or the command with its arguments. `*` marks the preferred one. */
export function fixesOf(path: string, text: string, world: World, place: Place = {}): Readonly<Record<string, string>> {
  return effects(text, onlyProblem(path, text, world, place));
}

/** The same views of what one rule alone finds: a text that is wrong in one way is often wrong in another too. */
export interface RuleChecks {
  readonly problemsOf: typeof problemsOf;
  readonly briefly: typeof briefly;
  readonly onlyProblem: typeof onlyProblem;
  readonly fixesOf: typeof fixesOf;
}

export function ofRule(id: string): RuleChecks {
  const own: typeof problemsOf = (...file) => problemsOf(...file).filter(({ ruleId }) => ruleId === id);
  return {
    problemsOf: own,
    briefly: (path, text, world, place) => inBrief(text, own(path, text, world, place)),
    onlyProblem: (...file) => only(own(...file)),
    fixesOf: (path, text, world, place) => effects(text, only(own(path, text, world, place))),
  };
}

function inBrief(text: string, problems: readonly Problem[]): readonly string[] {
  return problems.map(
    ({ ruleId, severity, span }) => `${ruleId} ${severity} ${text.slice(span.offset, spanEnd(span))}`,
  );
}

function only(problems: readonly Problem[]): Problem {
  const [problem] = problems;
  assert.ok(problem && problems.length === 1, `${problems.length} problems`);
  return problem;
}

function effects(text: string, problem: Problem): Readonly<Record<string, string>> {
  // Without the comment that silences it, which every problem has.
  const fixes = problem.fixes().filter(({ title }) => title !== ignoreTitle(problem.ruleId));
  return Object.fromEntries(
    fixes.map((fix) => [(fix.kind === 'edit' && fix.isPreferred ? '* ' : '') + fix.title, effect(text, fix)]),
  );
}

export function ignoreTitle(ruleId: string): string {
  return `Ignore ${ruleId} here`;
}

function effect(text: string, fix: Fix): string {
  return fix.kind === 'edit' ? applyEdits(text, fix.edits) : [fix.command, ...fix.arguments].join(' ');
}

export function lookups(path: string, text: string, world: World, place: Place = {}): readonly string[] {
  return namesToLookUp(read(path, text, place), snapshotOf(world));
}

/** An MCP file with one server. */
export function mcp(rootKey: 'servers' | 'mcpServers', key: string, url: string): string {
  return `{\n  // ours\n  "${rootKey}": {\n    "${key}": { "url": "${url}" },\n  },\n}\n`;
}
