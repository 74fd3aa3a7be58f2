import type { CommandContext } from '../context.ts';
import { failureLine } from './summary.ts';
import type { TransferView } from './transfer-view.ts';

/** --quiet: nothing but what failed, on stderr. Who pressed Ctrl-C knows why files in flight ended. */
export function quietView({ output, signal }: CommandContext): TransferView {
  return {
    event: (event) => {
      if (event.type !== 'file' || event.result.state !== 'failed') return;
      if (!signal.aborted || event.result.reason?.code !== 'interrupted') {
        output.warn(failureLine(event.result, output.errorStyle).trimStart());
      }
    },
    close: () => {},
  };
}
