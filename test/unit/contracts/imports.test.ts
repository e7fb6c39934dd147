import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import ts from 'typescript';

const source = fileURLToPath(new URL('../../../src', import.meta.url));

type Room = 'core' | 'services' | 'node' | 'vscode' | 'app';

/** What each folder may import: of our own by folder, and of others by name. */
const allowed: Readonly<Record<Room, { readonly rooms: readonly Room[]; readonly packages: RegExp }>> = {
  core: { rooms: ['core'], packages: /^(zod\/mini|jsonc-parser|yaml|ignore)$/ },
  services: { rooms: ['core', 'services'], packages: /^zod\/mini$/ },
  node: { rooms: ['core', 'services', 'node'], packages: /^(node:.+|undici|zod\/mini)$/ },
  vscode: { rooms: ['core', 'services', 'vscode'], packages: /^vscode$/ },
  app: { rooms: ['core', 'services', 'node', 'vscode', 'app'], packages: /^vscode$/ },
};

interface Import {
  readonly from: string;
  readonly to: string;
  readonly dynamic: boolean;
}

function filesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => file.replaceAll(path.sep, '/'));
}

/** Every import of a text: static or dynamic, of values or of types. */
function importsOf(from: string, text: string): readonly Import[] {
  const found: Import[] = [];
  const visit = (node: ts.Node): void => {
    if ((ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) && node.moduleSpecifier !== undefined) {
      assert.ok(ts.isStringLiteral(node.moduleSpecifier));
      found.push({ from, to: node.moduleSpecifier.text, dynamic: false });
    } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      const [target] = node.arguments;
      found.push({ from, to: target && ts.isStringLiteral(target) ? target.text : '(computed)', dynamic: true });
    } else if (ts.isImportTypeNode(node)) {
      const { argument } = node;
      const to =
        ts.isLiteralTypeNode(argument) && ts.isStringLiteral(argument.literal) ? argument.literal.text : '(computed)';
      found.push({ from, to, dynamic: false });
    } else if (ts.isCallExpression(node) && /^(require|createRequire)$/.test(node.expression.getText())) {
      found.push({ from, to: node.getText(), dynamic: true });
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(from, text, ts.ScriptTarget.Latest, true));
  return found;
}

function roomOf(file: string): Room {
  const [first = ''] = file.split('/');
  if (first === 'core' || first === 'services' || first === 'node' || first === 'vscode') return first;
  assert.match(file, /^(app|extension)\.ts$/, `${file} lies in no folder that is known`);
  return 'app';
}

/** Why an import is not allowed; undefined if it is. */
function violation({ from, to, dynamic }: Import): string | undefined {
  const { rooms, packages } = allowed[roomOf(from)];
  if (!to.startsWith('.')) return packages.test(to) ? undefined : `${from} imports ${to}`;
  const target = path.posix.join(path.posix.dirname(from), to);
  if (target.startsWith('..')) return `${from} imports ${to}, which lies outside of src`;
  if (!to.endsWith('.ts')) return `${from} imports ${to} without its extension`;
  if (!rooms.includes(roomOf(target))) return `${from} imports ${target}`;
  if (roomOf(from) === 'app' && roomOf(target) === 'node' && !dynamic) return `${from} loads ${target} at activation`;
  return undefined;
}

const texts = new Map(filesIn(source).map((file) => [file, readFileSync(path.join(source, file), 'utf8')]));
const imports = [...texts].flatMap(([file, text]) => importsOf(file, text));

describe('the arrows core <- services <- {node, vscode} <- app', () => {
  it('are followed by every import', () => {
    assert.ok(texts.size > 50 && imports.length > 200, 'the sources were not found');
    assert.deepEqual(
      imports.map(violation).filter((reason) => reason !== undefined),
      [],
    );
  });

  it('lead to files that are there', () => {
    for (const { from, to } of imports.filter((one) => one.to.startsWith('.'))) {
      assert.ok(existsSync(path.join(source, path.dirname(from), to)), `${from}: ${to}`);
    }
  });

  it('would not let through what they forbid', () => {
    const forbidden: readonly (readonly [file: string, text: string])[] = [
      ['core/x.ts', "import fs from 'node:fs';"],
      ['core/x.ts', "import { readFile } from 'fs';"],
      ['core/x.ts', "import type * as vscode from 'vscode';"],
      ['core/x.ts', "type Uri = import('vscode').Uri;"],
      ['core/x.ts', "import { z } from 'zod';"],
      ['core/a/x.ts', "import { Gate } from '../../services/gate.ts';"],
      ['core/x.ts', "const load = () => import('../services/gate.ts');"],
      ['core/x.ts', "export { Gate } from '../services/gate.ts';"],
      ['core/x.ts', "const fs = require('node:fs');"],
      ['core/x.ts', 'const load = (name) => import(name);'],
      ['services/x.ts', "import { LocalApi } from '../node/localApi.ts';"],
      ['services/x.ts', "import { fetch } from 'undici';"],
      ['services/x.ts', "import * as vscode from 'vscode';"],
      ['services/x.ts', "import { startApp } from '../app.ts';"],
      ['node/x.ts', "import * as vscode from 'vscode';"],
      ['node/x.ts', "import { registerStatusBar } from '../vscode/statusBar.ts';"],
      ['vscode/x.ts', "import { LocalApi } from '../node/localApi.ts';"],
      ['vscode/commands/x.ts', "import path from 'node:path';"],
      ['app.ts', "import { startNetwork } from './node/network.ts';"],
      ['core/x.ts', "import { helper } from '../../test/helper.ts';"],
      ['core/x.ts', "import { equal } from './equal';"],
    ];
    for (const [file, text] of forbidden) {
      const found = importsOf(file, text).map(violation);
      assert.ok(found.length === 1 && found[0] !== undefined, `${file}: ${text}`);
    }
    const fine: readonly (readonly [file: string, text: string])[] = [
      ['core/a/x.ts', "import { equal } from '../equal.ts';"],
      ['services/x.ts', "import { equal } from '../core/equal.ts';"],
      ['node/x.ts', "import path from 'node:path';"],
      ['vscode/x.ts', "import * as vscode from 'vscode';"],
      ['app.ts', "const load = () => import('./node/network.ts');"],
    ];
    for (const [file, text] of fine) assert.deepEqual(importsOf(file, text).map(violation), [undefined], text);
  });

  it('form no circle between values', () => {
    const edges = new Map<string, readonly string[]>();
    for (const [file, text] of texts) {
      const values = ts
        .createSourceFile(file, text, ts.ScriptTarget.Latest)
        .statements.filter(
          (statement) =>
            ts.isImportDeclaration(statement) && !text.slice(statement.pos).trimStart().startsWith('import type '),
        );
      const targets = values.flatMap((statement) =>
        ts.isImportDeclaration(statement) &&
        ts.isStringLiteral(statement.moduleSpecifier) &&
        statement.moduleSpecifier.text.startsWith('.')
          ? [path.posix.join(path.posix.dirname(file), statement.moduleSpecifier.text)]
          : [],
      );
      edges.set(file, targets);
    }
    const done = new Set<string>();
    const walk = (file: string, way: readonly string[]): void => {
      assert.ok(!way.includes(file), [...way.slice(way.indexOf(file)), file].join(' -> '));
      if (done.has(file)) return;
      for (const next of edges.get(file) ?? []) walk(next, [...way, file]);
      done.add(file);
    };
    for (const file of texts.keys()) walk(file, []);
  });
});

describe('core', () => {
  it('keeps no clock, no state and no way out: none of the globals that have them', () => {
    const banned =
      /^(Date|setTimeout|setInterval|setImmediate|queueMicrotask|fetch|process|performance|console|Buffer|globalThis)$/;
    const used: string[] = [];
    for (const [file, text] of texts) {
      if (roomOf(file) !== 'core') continue;
      const visit = (node: ts.Node): void => {
        const isName = ts.isIdentifier(node) && banned.test(node.text);
        const isProperty = ts.isPropertyAccessExpression(node.parent) && node.parent.name === node;
        if (isName && !isProperty && !ts.isPropertyAssignment(node.parent)) used.push(`${file}: ${node.text}`);
        ts.forEachChild(node, visit);
      };
      ts.forEachChild(ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true), visit);
    }
    assert.deepEqual(used, []);
  });
});
