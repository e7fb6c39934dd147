import { readStart } from '../readStart.ts';
import type { NameSources } from './nameSources.ts';

const limitBytes = 64 * 1024;

/**
 * Whether a machine is a pod, or resolves its names as one. Sources: Kubernetes, "Accessing the API from a Pod" (KUBERNETES_SERVICE_HOST)
 * and "DNS for Services and Pods" (the search list of a pod); `resolv.conf(5)`.
 */
export async function isInCluster({ env, resolvConf }: Pick<NameSources, 'env' | 'resolvConf'>): Promise<boolean> {
  if ((env['KUBERNETES_SERVICE_HOST'] ?? '') !== '') return true;
  const text = await readStart(resolvConf, limitBytes).catch(() => '');
  return text.split('\n').some((line) => {
    const [keyword, ...domains] = line.trim().split(/\s+/);
    return keyword === 'search' && domains.some((domain) => /(^|\.)cluster\.local\.?$/i.test(domain));
  });
}
