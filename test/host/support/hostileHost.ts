import type { DemoNode } from '../../support/demo/demoNode.ts';

/** A host in the tailnet that says of itself what it likes. */
export const hostileHost: DemoNode = { name: 'clawql-odd', number: 15, os: 'linux', tags: ['tag:clawql-mcp'] };

/** Its host name. No MagicDNS name can be like that, so it has none and is reached by its address. */
export const hostileName =
  '$(trash)[run](command:workbench.action.terminal.new)<img src=x>![p](https://evil.example/p.png)\u202egnp';

/** The version that its ClawQL gives. */
export const hostileVersion = '$(flame) [click](https://evil.example) <b>5</b>\n# 1';
