import type { Log } from '../log.ts';
import { gapFields, resultFields, summaryFields } from './json.ts';
import type { TransferView } from './transfer-view.ts';

/** --log-file: every file and folder, every second try, and the end. */
export function logView(log: Log): TransferView {
  return {
    event: (event) => {
      switch (event.type) {
        case 'file': {
          const { kind, state, path } = event.result;
          const fields = resultFields(event.result);
          if (state === 'failed') log.warn(fields, `${kind} failed: ${path}`);
          else log.info(fields, `${kind} ${state}: ${path}`);
          break;
        }
        case 'folder':
          log.info({ path: event.path, id: event.id, state: event.state }, `folder ${event.state}`);
          break;
        case 'retry':
          log.warn({ path: event.path, attempt: event.attempt, reason: event.reason }, 'again');
          break;
        case 'gap':
          log.warn(gapFields(event), `gap: ${event.item.path}`);
          break;
        case 'notice':
          log.warn({ code: event.code }, event.words);
          break;
        case 'left-out': {
          const { user, path, reason } = event;
          log.warn({ user, path, reason }, 'left out');
          break;
        }
        case 'started':
          log.info({ direction: event.direction, mode: event.mode }, 'started');
          break;
        case 'finished':
          log.info(summaryFields(event.report), `ended: ${event.report.ended}`);
          break;
        case 'planned':
        case 'file-started':
        case 'progress':
        case 'archive':
          break;
      }
    },
    close: () => {},
  };
}
