import { directHealthz } from '../../../src/node/directHealthz.ts';
import { NetworkExaminer } from '../../../src/node/examiner/networkExaminer.ts';
import type { LocalApi } from '../../../src/node/localApi.ts';
import type { Examiner } from '../../../src/services/examiner.ts';
import type { Prober } from '../../../src/services/prober.ts';

/** The looks of the extension; `daemon` is whose LocalAPI is asked, if there is one. */
export function realExaminer(prober: Prober, daemon: { readonly current?: LocalApi | undefined } = {}): Examiner {
  return new NetworkExaminer({
    daemon: {
      get current() {
        return daemon.current;
      },
    },
    prober,
    direct: (url, signal) => directHealthz((target, init) => fetch(target, init), url, signal),
  });
}
