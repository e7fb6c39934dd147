import { proofText } from '../../mcp/proof.ts';
import type { ProbeOutcome, ProbeStep } from '../../mcp/probeOutcome.ts';
import type { Diagnosis } from '../diagnosis.ts';
import { lookStep } from './lookStep.ts';
import type { Step } from './step.ts';

const order: readonly ProbeStep[] = ['resolve', 'connect', 'tls', 'healthz', 'initialize', 'tools'];

/** The server as this editor calls it, a direct call beside it, and what the editor holds. */
export function serverSteps(diagnosis: Diagnosis): readonly Step[] {
  const { call, direct, doors } = diagnosis.evidence.looks;
  return [
    ...callSteps(diagnosis, call),
    ...(direct === undefined && !diagnosis.running.includes('direct')
      ? []
      : [
          lookStep(diagnosis, 'direct', "Direct call, past the editor's network settings", (seen) =>
            seen.kind === 'answered' ? ['passed', 'answered'] : ['noted', `fails too: ${seen.failure.detail}`],
          ),
        ]),
    ...(doors === undefined && !diagnosis.running.includes('doors')
      ? []
      : [
          lookStep(diagnosis, 'doors', 'Other ports of the host', (seen) =>
            seen.length === 0
              ? ['noted', 'none answers as ClawQL']
              : ['noted', `ClawQL answers at ${seen.map(({ url }) => url).join(', ')}`],
          ),
        ]),
  ];
}

function callSteps(diagnosis: Diagnosis, call: ProbeOutcome | undefined): readonly Step[] {
  const titles: readonly (readonly [ProbeStep, string])[] = [
    ['healthz', "healthz, by the editor's fetch"],
    ['initialize', 'MCP initialize'],
    ['tools', 'MCP tools/list'],
  ];
  if (call === undefined) {
    const [, first = ''] = titles[0] ?? [];
    return [lookStep(diagnosis, 'call', first, () => ['noted', ''])];
  }
  return titles.map(([step, title]): Step => {
    const tookMs = call.times?.[step];
    const time = tookMs === undefined ? {} : { tookMs };
    if (call.kind === 'answered') return { title, state: 'passed', seen: answeredText(step, call), ...time };
    const failedAt = order.indexOf(call.step);
    const place = order.indexOf(step);
    // What fails before healthz is a failure of the request for it.
    const isHere = failedAt === place || (step === 'healthz' && failedAt < place);
    if (isHere) return { title, state: 'failed', seen: call.failure.detail, ...time };
    return place < failedAt
      ? { title, state: 'passed', seen: 'answered', ...time }
      : { title, state: 'skipped', seen: 'not reached' };
  });
}

function answeredText(
  step: ProbeStep,
  { healthz, server, tools, protocolVersion }: Extract<ProbeOutcome, { kind: 'answered' }>,
): string {
  switch (step) {
    case 'healthz':
      if (healthz === undefined) return 'not passed on by what is in front; MCP answers all the same';
      return `"${healthz.status}", endpoint ${healthz.endpoint}${healthz.vaultProblem === undefined ? '' : ', vault cannot be written'}`;
    case 'initialize':
      return `${server.name} ${server.version}, protocol ${protocolVersion}`;
    default:
      return `${tools.length}: ${tools.slice(0, 12).join(', ')}${tools.length > 12 ? ', …' : ''}`;
  }
}

/** What this editor says of itself. */
export function editorSteps({ evidence: { editor } }: Diagnosis): readonly Step[] {
  if (editor === undefined) return [];
  const { name, proof, proxy, blockedBy, unsetVariable } = editor;
  return [
    ...(proxy === undefined
      ? []
      : [{ title: `${name}'s proxy`, state: 'noted', seen: `${proxy.to}, by ${proxy.by}` } satisfies Step]),
    ...(blockedBy === undefined
      ? []
      : [
          {
            title: `${name}'s settings`,
            state: 'failed',
            seen: `${blockedBy.setting} is ${blockedBy.value}`,
          } satisfies Step,
        ]),
    ...(unsetVariable === undefined
      ? []
      : [
          {
            title: 'Variables',
            state: 'failed',
            seen: `${unsetVariable.name}, named in ${unsetVariable.file}, is not set`,
          } satisfies Step,
        ]),
    {
      title: `What ${name} holds`,
      state: proof.kind === 'observed' ? 'passed' : 'noted',
      seen: `${proof.kind}: ${proofText(proof, name)}`,
    },
  ];
}
