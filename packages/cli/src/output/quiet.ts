import type { CommandContext } from '../context.ts';
import { failureLine } from './summary.ts';
import type { TransferView } from './transfer-view.ts';

/** --quiet: nothing but what failed, on stderr. */
export function quietView({ output }: CommandContext): TransferView {
  return {
    event: (event) => {
      if (event.type !== 'file' || event.result.state !== 'failed') return;
      output.warn(failureLine(event.result, output.errorStyle).trimStart());
    },
    close: () => {},
  };
}
