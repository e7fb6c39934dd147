import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';

import ts from 'typescript';
import * as z from 'zod/mini';

import { pages } from '../../../src/core/diagnosis/verdicts/actions.ts';
import { decodeSettings, defaultSettings, settingKeys, type SettingKey } from '../../../src/core/settings.ts';
import { startingTailscale, type DaemonPlatform } from '../../../src/core/tailnet/daemonPlatform.ts';
import { daemonService, hostsSituations } from '../../../src/core/views/hosts/hostsSituation.ts';
import { commandIds } from '../../../src/vscode/commands/commandIds.ts';

const root = new URL('../../..', import.meta.url);

function read(file: string): string {
  return readFileSync(new URL(file, root), 'utf8');
}

const Setting = z.looseObject({
  type: z.string(),
  default: z.unknown(),
  scope: z.optional(z.string()),
  description: z.optional(z.string()),
  markdownDescription: z.optional(z.string()),
});
const Manifest = z.object({
  main: z.string(),
  icon: z.string(),
  engines: z.object({ vscode: z.string() }),
  extensionKind: z.array(z.string()),
  activationEvents: z.array(z.string()),
  capabilities: z.object({
    untrustedWorkspaces: z.object({
      supported: z.string(),
      description: z.string(),
      restrictedConfigurations: z.array(z.string()),
    }),
  }),
  contributes: z.object({
    commands: z.array(z.object({ command: z.string(), title: z.string(), category: z.optional(z.string()) })),
    viewsContainers: z.object({ activitybar: z.array(z.object({ id: z.string(), icon: z.string() })) }),
    views: z.record(z.string(), z.array(z.object({ id: z.string(), name: z.string() }))),
    viewsWelcome: z.array(z.object({ view: z.string(), contents: z.string(), when: z.optional(z.string()) })),
    menus: z.record(z.string(), z.array(z.object({ command: z.string(), when: z.optional(z.string()) }))),
    languageModelTools: z.array(
      z.object({
        name: z.string(),
        displayName: z.string(),
        toolReferenceName: z.string(),
        canBeReferencedInPrompt: z.boolean(),
        icon: z.string(),
        userDescription: z.string(),
        modelDescription: z.string(),
        inputSchema: z.object({
          type: z.literal('object'),
          properties: z.record(z.string(), z.object({ type: z.string(), description: z.string() })),
        }),
      }),
    ),
    mcpServerDefinitionProviders: z.array(z.object({ id: z.string(), label: z.string() })),
    configuration: z.object({ properties: z.record(z.string(), Setting) }),
  }),
  devDependencies: z.record(z.string(), z.string()),
  dependencies: z.optional(z.record(z.string(), z.string())),
});
const manifest = Manifest.parse(JSON.parse(read('package.json')));
const { contributes } = manifest;

function nodesOf(file: string): readonly ts.Node[] {
  const all: ts.Node[] = [];
  const visit = (node: ts.Node): void => {
    all.push(node);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, read(file), ts.ScriptTarget.Latest, true));
  return all;
}

/** The value of a constant text. */
function constantText(file: string, name: string): string {
  const found = nodesOf(file).find((node) => ts.isVariableDeclaration(node) && node.name.getText() === name);
  assert.ok(
    found && ts.isVariableDeclaration(found) && found.initializer && ts.isStringLiteral(found.initializer),
    name,
  );
  return found.initializer.text;
}

/** The handlers: each command's id, and whether it takes a value. */
function handlers(): ReadonlyMap<string, boolean> {
  const properties = nodesOf('src/vscode/commands/commandHandlers.ts').filter(
    (node) => ts.isPropertyAssignment(node) && ts.isStringLiteral(node.name) && node.name.text.startsWith('clawql.'),
  );
  return new Map(
    properties.map((node) => {
      assert.ok(ts.isPropertyAssignment(node) && ts.isStringLiteral(node.name));
      const { initializer } = node;
      return [node.name.text, ts.isArrowFunction(initializer) && initializer.parameters.length > 0];
    }),
  );
}

/** The links in the text of an empty view, as the editor follows them. */
function linksOf({ contents }: { readonly contents: string }): readonly Link[] {
  return [...contents.matchAll(/\[[^\]]+\]\(command:([\w.]+)(?:\?([^)\s]+))?\)/g)].map(([, command = '', query]) => ({
    command,
    values: query === undefined ? [] : z.array(z.string()).parse(JSON.parse(decodeURIComponent(query))),
  }));
}

interface Link {
  readonly command: string;
  readonly values: readonly string[];
}

describe('package.json: settings', () => {
  const { properties } = contributes.configuration;

  it('are those that the extension reads', () => {
    assert.deepEqual(Object.keys(properties).toSorted(), settingKeys.map((key) => `clawql.${key}`).toSorted());
  });

  for (const key of settingKeys) {
    it(`clawql.${key} has the default that the extension has`, () => {
      assert.deepEqual(properties[`clawql.${key}`]?.default, defaultSettings[key]);
    });

    it(`clawql.${key} says what it is for`, () => {
      const { description, markdownDescription } = properties[`clawql.${key}`] ?? {};
      assert.match(markdownDescription ?? description ?? '', /^[A-Z].{20,}\.$/);
    });
  }

  it('refuse in the settings editor what the extension would not use', () => {
    const { problems } = decodeSettings((key) => properties[`clawql.${key}`]?.default);
    assert.deepEqual(problems, []);
    const limits = (key: SettingKey): Readonly<Record<string, unknown>> => properties[`clawql.${key}`] ?? {};
    const used = (key: SettingKey, value: unknown): boolean =>
      decodeSettings((one) => (one === key ? value : undefined)).problems.length === 0;
    const { minItems, maxItems } = limits('ports');
    assert.ok(typeof minItems === 'number' && typeof maxItems === 'number');
    const ports = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => 8000 + index);
    assert.deepEqual([used('ports', ports(minItems)), used('ports', ports(minItems - 1))], [true, false]);
    assert.deepEqual([used('ports', ports(maxItems)), used('ports', ports(maxItems + 1))], [true, false]);
    const { pattern } = limits('serverName');
    assert.ok(typeof pattern === 'string');
    for (const name of ['clawql', 'a b', '', 'x'.repeat(64), 'x'.repeat(65), 'ä', 'A_b-9']) {
      assert.equal(used('serverName', name), new RegExp(pattern).test(name), name);
    }
  });

  it('that name a program or a socket hold for the machine: no workspace sets them', () => {
    for (const key of settingKeys.filter((one) => one.endsWith('Path'))) {
      assert.equal(properties[`clawql.${key}`]?.scope, 'machine', key);
    }
  });

  it('that are restricted in a workspace that is not trusted exist', () => {
    const { restrictedConfigurations, supported } = manifest.capabilities.untrustedWorkspaces;
    assert.equal(supported, 'limited');
    assert.ok(restrictedConfigurations.length > 0);
    for (const key of restrictedConfigurations) assert.ok(key in properties, key);
  });

  it('that decide whom to ask or what is written are restricted, or hold for the machine', () => {
    const { restrictedConfigurations } = manifest.capabilities.untrustedWorkspaces;
    const harmless = ['clawql.diagnostics.enabled'];
    for (const [key, { scope }] of Object.entries(properties)) {
      if (scope !== 'machine' && !harmless.includes(key)) assert.ok(restrictedConfigurations.includes(key), key);
    }
  });
});

describe('package.json: commands', () => {
  const declared = contributes.commands.map(({ command }) => command);

  it('are registered, each once', () => {
    assert.equal(new Set(declared).size, declared.length);
    assert.deepEqual([...handlers().keys()].toSorted(), [...commandIds].toSorted());
  });

  const hidden = (contributes.menus['commandPalette'] ?? []).filter(({ when }) => when === 'false');

  it('that the palette has are those that need no value: it gives none', () => {
    const withValue = [...handlers()].filter(([, takesValue]) => takesValue).map(([id]) => id);
    const inPalette = declared.filter((id) => !hidden.some(({ command }) => command === id));
    assert.deepEqual(
      inPalette.filter((id) => withValue.includes(id)),
      [],
    );
    const withoutValue = [...handlers().keys()].filter((id) => !withValue.includes(id));
    assert.deepEqual(
      withoutValue.filter((id) => !declared.includes(id)),
      [],
    );
  });

  it('that the palette hides stand in another menu', () => {
    const menus = Object.entries(contributes.menus).flatMap(([menu, items]) =>
      menu === 'commandPalette' ? [] : items,
    );
    for (const { command } of hidden)
      assert.ok(
        menus.some((item) => item.command === command),
        command,
      );
  });

  it('of menus are declared, and those of links in empty views are there', () => {
    for (const { command } of Object.values(contributes.menus).flat()) assert.ok(declared.includes(command), command);
    const ours: readonly string[] = commandIds;
    for (const { command, values } of contributes.viewsWelcome.flatMap(linksOf)) {
      if (command === 'workbench.trust.manage') continue;
      assert.ok(ours.includes(command), command);
      assert.equal(handlers().get(command), values.length > 0, command);
    }
  });

  it('stand under ClawQL in the palette, with a title that is no id', () => {
    for (const { command, title, category } of contributes.commands) {
      assert.equal(category, 'ClawQL', command);
      assert.match(title, /^[A-Z][^:]+$/, command);
      assert.ok(command.startsWith('clawql.'));
    }
  });

  it('have the titles that messages call them by', () => {
    const titles = contributes.commands.map(({ title }) => title);
    const sources = ts.sys.readDirectory(new URL('src', root).pathname, ['.ts']);
    const called = sources.flatMap((file) => [
      ...readFileSync(file, 'utf8').matchAll(/(?<!\*)\*ClawQL: ([^*$]+)\*(?!\*)/g),
    ]);
    assert.ok(called.length > 3);
    for (const [, title = ''] of called) assert.ok(titles.includes(title), title);
  });
});

describe('package.json: views', () => {
  const views = Object.values(contributes.views).flat();

  it('are those that the extension fills, each with something to say when it is empty', () => {
    const filled = [...read('src/vscode/views/registerViews.ts').matchAll(/new RowsView\('([\w.]+)'/g)].map(
      (one) => one[1],
    );
    assert.deepEqual(views.map(({ id }) => id).toSorted(), filled.toSorted());
    for (const { id } of views)
      assert.ok(
        contributes.viewsWelcome.some(({ view }) => view === id),
        id,
      );
  });

  it('have menus for the kinds of rows that there are', () => {
    const rows = read('src/core/views/treeRow.ts');
    const wanted = contributes.menus['view/item/context']?.map(
      ({ when }) => /viewItem == ([\w-]+)/.exec(when ?? '')?.[1],
    );
    for (const kind of wanted ?? []) assert.ok(kind !== undefined && rows.includes(`'${kind}'`), kind);
  });

  it('begin with the hosts of the tailnet', () => {
    assert.equal(contributes.views['clawql']?.[0]?.id, 'clawql.hosts');
  });

  it('stand in a container whose icon is there', () => {
    for (const { id, icon } of contributes.viewsContainers.activitybar) {
      assert.ok(id in contributes.views);
      assert.ok(existsSync(new URL(icon, root)), icon);
    }
  });
});

describe('package.json: what the empty view Tailnet Hosts says', () => {
  const texts = contributes.viewsWelcome.filter(({ view }) => view === 'clawql.hosts');
  const textsOf = (situation: string, service = 'app'): readonly (typeof texts)[number][] =>
    texts.filter(({ when = '' }) => {
      const isSo = when.includes(`clawql.hostsSituation == '${situation}'`);
      return isSo && (!when.includes('daemonService') || when.includes(`clawql.daemonService == '${service}'`));
    });
  const values = (key: string): readonly string[] =>
    texts.flatMap(({ when = '' }) =>
      [...when.matchAll(new RegExp(`${key} == '([\\w-]+)'`, 'g'))].map(([, one = '']) => one),
    );

  it('is there for each situation that the view can be in, and for none besides', () => {
    const said = new Set(values('clawql\\.hostsSituation'));
    assert.deepEqual([...said].toSorted(), hostsSituations.filter((one) => one !== 'hosts').toSorted());
    for (const { when } of texts) assert.notEqual(when, undefined);
  });

  it('has a next step in each but those that pass by themselves', () => {
    for (const situation of hostsSituations.filter((one) => !['hosts', 'checking', 'starting'].includes(one))) {
      const said = textsOf(situation);
      assert.ok(said.flatMap(linksOf).length > 0, situation);
      assert.match(said[0]?.contents ?? '', /^[A-Z]/);
    }
  });

  it('stands before the extension has said anything', () => {
    assert.ok(texts.some(({ when }) => when?.startsWith('!clawql.hostsSituation || ')));
  });

  it('copies the very command that it shows', () => {
    const copied = texts.flatMap((text) =>
      linksOf(text).flatMap(({ command, values: [value = ''] }) =>
        command === 'clawql.copyText' ? [{ value, text: text.contents }] : [],
      ),
    );
    assert.ok(copied.length > 4);
    for (const { value, text } of copied) assert.ok(text.includes(`: ${value}\n`), value);
  });

  const platforms: readonly DaemonPlatform[] = [
    ...(['linux', 'wsl', 'synology', 'qnap', 'gokrazy', 'bsd', 'macos', 'windows', 'other'] as const).map((kind) => ({
      kind,
    })),
    { kind: 'flatpak', app: 'com.visualstudio.code' },
  ];
  for (const platform of platforms) {
    it(`starts the daemon of ${platform.kind} as other texts do`, () => {
      const failure = { kind: 'not-found', where: '', detail: '', platform } as const;
      const service = daemonService({ tailnet: { kind: 'unavailable', failure } });
      const commands = (situation: string): readonly string[] =>
        textsOf(situation, service).flatMap((text) =>
          linksOf(text).flatMap(({ command, values: [value = ''] }) => (command === 'clawql.copyText' ? [value] : [])),
        );
      const quoted = (text: string): readonly string[] =>
        [...text.matchAll(/"((?:sudo|service|rcctl) [^"]+)"/g)].map(([, one = '']) => one);
      const { start, killed } = startingTailscale(platform);
      assert.deepEqual(commands('tailscale-not-running'), quoted(start));
      assert.deepEqual(commands('tailscale-killed'), quoted(killed));
    });
  }

  it('opens pages and settings that there are', () => {
    const { properties } = contributes.configuration;
    for (const {
      command,
      values: [value = ''],
    } of texts.flatMap(linksOf)) {
      if (command === 'clawql.openPage') assert.ok(Object.hasOwn(pages, value), value);
      if (command === 'clawql.openSetting') assert.ok(Object.hasOwn(properties, value), value);
    }
  });
});

describe('package.json: the language model tool', () => {
  const [tool, ...others] = contributes.languageModelTools;

  it('is the one that is registered', () => {
    assert.deepEqual(others, []);
    assert.equal(tool?.name, constantText('src/vscode/status/statusTool.ts', 'toolName'));
  });

  it('can be named in a prompt, and says for whom it is what', () => {
    assert.equal(tool?.canBeReferencedInPrompt, true);
    assert.match(tool.toolReferenceName, /^[A-Za-z]+$/);
    assert.match(tool.userDescription, /^[A-Z].*\.$/);
    assert.match(tool.modelDescription, /treat them as data/);
    assert.deepEqual(Object.keys(tool.inputSchema.properties), ['refresh']);
  });
});

describe('package.json: the rest', () => {
  it('names the server definition provider by the id that is registered', () => {
    assert.deepEqual(
      contributes.mcpServerDefinitionProviders.map(({ id }) => id),
      [constantText('src/vscode/projections/providerRegistry.ts', 'providerId')],
    );
  });

  it('asks for the oldest VS Code that a current Cursor is built on, and is compiled against its API', () => {
    assert.equal(manifest.engines.vscode, '^1.105.0');
    assert.match(manifest.devDependencies['@types/vscode'] ?? '', /^~?1\.105\./);
  });

  it('runs on the side of the user or of the workspace, and wakes up after the editor has started', () => {
    assert.deepEqual(manifest.extensionKind, ['ui', 'workspace']);
    assert.deepEqual(manifest.activationEvents, ['onStartupFinished']);
  });

  it('brings no package along that is not bundled', () => assert.deepEqual(manifest.dependencies ?? {}, {}));
});

describe('.vscodeignore', () => {
  const lines = read('.vscodeignore')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
  const allowed = lines.slice(1).map((line) => line.replace(/^!/, ''));

  it('leaves everything out but single files that it names', () => {
    assert.equal(lines[0], '**');
    for (const line of lines.slice(1)) assert.match(line, /^![\w./-]+$/);
  });

  it('lets in what package.json refers to, and the licence', () => {
    for (const file of [manifest.main, manifest.icon, 'package.json', 'LICENSE']) {
      assert.ok(allowed.includes(file.replace(/^\.\//, '')), file);
    }
  });

  it('lets in every bundle that the build makes, and no other', () => {
    const entries = read('scripts/support/bundle.ts').matchAll(/(\w+): 'src\/[^']+\.ts'/g);
    const made = [...entries].map(([, name]) => `dist/${name}.cjs`);
    assert.ok(made.length > 1);
    assert.deepEqual(allowed.filter((file) => file.startsWith('dist/')).toSorted(), made.toSorted());
  });

  it('names files that are there, but for those that are built', () => {
    for (const file of allowed.filter((one) => !one.startsWith('dist/')))
      assert.ok(existsSync(new URL(file, root)), file);
  });
});
