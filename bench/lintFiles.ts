import { hostsOf } from '../src/core/clawql/hostsOf.ts';
import type { SourceDocument } from '../src/core/diagnostics/sourceDocument.ts';
import { parseEnv } from '../src/core/dotenv/envDocument.ts';
import type { Snapshot } from '../src/core/snapshot.ts';
import { specUses } from '../src/core/spec/specUse.ts';
import { petstoreJson, petstoreYaml } from '../test/unit/core/spec/specTexts.ts';
import { answered, node, report, running, snapshot, wanted } from '../test/unit/support/builders.ts';

export const mcpPath = '/w/.cursor/mcp.json';

/** A tailnet with one ClawQL host that answers, seen from a laptop. */
export function lintedWorld(): Snapshot {
  const tailnet = running([
    node('clawql-1'),
    ...Array.from({ length: 50 }, (_, index) => node(`n${index}`, { tags: [] })),
  ]);
  const hosts = hostsOf(tailnet, wanted()).map((host) => report(host, [answered(`http://${host.name}:8080/mcp`)]));
  return snapshot({ tailnet, hosts });
}

const around = { tracking: 'untracked', besideCompose: false, inWorkspace: true, isHere: true } as const;

/** As people write them: comments, blank lines, values of all kinds, and a name that comes again and again, of which the last one counts. */
export function largeEnv(lines: number, path = '/w/.env'): SourceDocument {
  const line = (index: number): string => {
    if (index % 100 === 0)
      return index === 0 ? 'CLAWQL_MCP_URL=http://localhost:8080/mcp' : `TIKA_BASE_URL=http://localhost:${index}`;
    const kinds = [
      '# what follows',
      '',
      `FEATURE_${index}=true`,
      `SERVICE_${index}_URL="http://service-${index}:8080/path"`,
    ];
    return kinds[index % kinds.length] ?? '';
  };
  return { ...around, path, text: `${Array.from({ length: lines }, (_, index) => line(index)).join('\n')}\n` };
}

/** Every tenth server is ClawQL's. */
export function largeMcp(servers: number, path = mcpPath): SourceDocument {
  const entry = (index: number): string => {
    const key = index % 10 === 0 ? `clawql-${index}` : `server-${index}`;
    const url = index % 20 === 0 ? `http://localhost:${8000 + index}/mcp` : `https://mcp-${index}.vendor.dev/mcp`;
    return `    "${key}": {\n      // ${index}\n      "url": "${url}",\n      "headers": { "Authorization": "Bearer \${env:TOKEN_${index}}" }\n    }`;
  };
  const all = Array.from({ length: servers }, (_, index) => entry(index));
  return { ...around, path, text: `{\n  "mcpServers": {\n${all.join(',\n')}\n  }\n}\n` };
}

/** Files of every kind that is checked, of the sizes that they have: a `.env`, an MCP configuration and a description by turns. */
export function lintedFiles(count: number): readonly SourceDocument[] {
  return Array.from({ length: count }, (_, index): SourceDocument => {
    const folder = `/w/${index}`;
    if (index % 3 === 0) return largeEnv(40, `${folder}/.env`);
    if (index % 3 === 1) return largeMcp(4, `${folder}/.cursor/mcp.json`);
    const path = `${folder}/openapi`;
    const [spec] = specUses(parseEnv('CLAWQL_SPEC_PATH=openapi'), `${folder}/.env`);
    const text = index % 2 === 0 ? petstoreYaml('servers:\n- url: http://localhost:3000\n') : petstoreJson();
    return { ...around, path, text, ...(spec === undefined ? {} : { spec }) };
  });
}
