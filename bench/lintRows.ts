import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { readDocument, type DocumentModel } from '../src/core/diagnostics/documentModel.ts';
import { lint } from '../src/core/diagnostics/lint.ts';
import { knownOf, type Known } from '../src/core/diagnostics/known.ts';
import type { Problem } from '../src/core/diagnostics/rule.ts';
import type { SourceDocument } from '../src/core/diagnostics/sourceDocument.ts';
import { parseEnv } from '../src/core/dotenv/envDocument.ts';
import { dialectOf } from '../src/core/mcp/dialects.ts';
import { parseMcp } from '../src/core/mcp/mcpDocument.ts';
import type { Snapshot } from '../src/core/snapshot.ts';
import { parseSpec } from '../src/core/spec/specDocument.ts';
import { heapUsed, megabytes } from './heapUsed.ts';
import { lintedFiles, lintedWorld, largeEnv, largeMcp, mcpPath } from './lintFiles.ts';
import { compare, type Row } from './measure.ts';

/** What the linter costs beyond parsing: of a large file of each kind, of a workspace, and in memory over many edits. */
export function lintRows(): readonly Row[] {
  const world = lintedWorld();
  return [envRow(world), mcpRow(world), workspaceRow(world), editsRow(world)];
}

function envRow(world: Snapshot): Row {
  const source = largeEnv(2_000);
  return compare({
    what: 'lint of a .env of 2,000 lines',
    subject: () => linted(source, world),
    reference: () => parseEnv(source.text),
    names: ['reading and all rules', 'the bare parse'],
    bar: 3,
    calls: 20,
  });
}

function mcpRow(world: Snapshot): Row {
  const source = largeMcp(200);
  const dialect = dialectOf(mcpPath);
  if (dialect === undefined) throw new Error(`${mcpPath} is no MCP configuration`);
  return compare({
    what: 'lint of an mcp.json of 200 servers',
    subject: () => linted(source, world),
    reference: () => parseMcp(source.text, dialect),
    names: ['reading and all rules', 'the bare parse'],
    bar: 3,
    calls: 20,
  });
}

/** Both sides read the same files of a folder; the snapshot is the one for all of them, as it is in *ClawQL: Check Workspace*. */
function workspaceRow(world: Snapshot): Row {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'clawql-bench-'));
  try {
    const files = lintedFiles(1_000).map((source, index) => ({ source, file: path.join(folder, String(index)) }));
    for (const { source, file } of files) writeFileSync(file, source.text);
    const dialects = new Map(files.map(({ source }) => [source.path, dialectOf(source.path)]));
    const parse = (name: string, text: string): unknown => {
      const dialect = dialects.get(name);
      if (dialect !== undefined) return parseMcp(text, dialect);
      return name.endsWith('.env') ? parseEnv(text) : parseSpec(text);
    };
    return compare({
      what: 'a workspace of 1,000 files, from the disk to their problems',
      subject: () => {
        const known = knownOf(world);
        return files.map(({ source, file }) => linted({ ...source, text: readFileSync(file, 'utf8') }, world, known));
      },
      reference: () => files.map(({ source, file }) => parse(source.path, readFileSync(file, 'utf8'))),
      names: ['reading and all rules', 'reading and parsing'],
      bar: 3,
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The last model and the last problems of each of 20 documents are kept, as the linter keeps them, and all else is let go. */
function editsRow(world: Snapshot): Row {
  const sources = lintedFiles(20);
  const kept = new Map<string, { readonly model: DocumentModel; readonly problems: readonly Problem[] }>();
  const after = (from: number, to: number): number => {
    for (let edit = from; edit < to; edit++) {
      const source = sources[edit % sources.length];
      if (source === undefined) continue;
      const text = source.text.replaceAll('localhost', `localhost-${edit}.example.dev`);
      kept.set(source.path, modelAndProblems({ ...source, text: edit % 2 === 0 ? text : source.text }, world));
    }
    return heapUsed();
  };
  const early = after(0, 100);
  const late = after(100, 1_000);
  return {
    what: `heap after 1,000 edits of ${kept.size} documents`,
    measured: `after 1,000 ${megabytes(late)}`,
    against: `after 100 ${megabytes(early)}`,
    ratio: late / early,
    bar: 1.1,
  };
}

function linted(source: SourceDocument, world: Snapshot, known?: Known): readonly Problem[] {
  return modelAndProblems(source, world, known).problems;
}

function modelAndProblems(source: SourceDocument, world: Snapshot, known?: Known) {
  const model = readDocument(source);
  if (model === undefined) throw new Error(`${source.path} is not checked`);
  return { model, problems: lint(model, world, known) };
}
