/** --metrics-port: what a run has come to, as Prometheus reads it, for as long as it runs. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Counter, Gauge, Registry } from 'prom-client';
import { CliError } from '../cli-error.ts';
import type { TransferView, Watched } from './transfer-view.ts';

/** Where it is to be read. */
export interface MetricsPlace {
  /** 0 takes any that is free. */
  readonly port: number;
  readonly host: string;
}

export interface MetricsView extends TransferView {
  /** `http://127.0.0.1:9400/metrics` */
  readonly url: string;
}

/**
 * Serves the metrics of a transfer until it is closed.
 * @throws CliError when the port cannot be had
 */
export async function metricsView(watched: Watched, place: MetricsPlace): Promise<MetricsView> {
  const registry = new Registry();
  const failures = describeRun(registry, watched);
  const server = await listening(place, () => registry.metrics(), registry.contentType);
  return {
    url: urlOf(server),
    event: (event, nowMs) => {
      if (event.type === 'started') {
        const { job = '', direction } = event;
        registry.setDefaultLabels({ job, direction });
      } else if (event.type === 'file' && event.result.state === 'failed') {
        failures.add(event.result.reason?.code ?? 'unexpected', nowMs);
      }
    },
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** Everything but failures is read where it is known, when somebody asks. */
function describeRun(registry: Registry, { tally, calls, limits }: Watched): FailureCount {
  const { gauge, counters, gauges } = describing(registry);
  counters('files_total', 'Files that have ended, by how', 'state', () => ({
    transferred: tally.transferred,
    skipped: tally.skipped,
    failed: tally.failed,
  }));
  counters(
    'transferred_bytes_total',
    'Bytes of the files that were transferred',
    undefined,
    () => ({
      '': tally.bytesTransferred,
    }),
  );
  gauge('planned_files', 'Files found so far', () => tally.filesPlanned);
  gauge('planned_bytes', 'Bytes of the files found so far', () => tally.bytesPlanned);
  gauge('plan_is_final', '1 once all files are found', () => Number(tally.isFinal));
  gauge('done_files', 'Of the files found, those that have ended', () => tally.filesDone);
  gauge('done_bytes', 'Of the bytes found, those done with', () => tally.bytesDone);
  gauge('in_flight_files', 'Files whose bytes are moving', () => tally.inFlight.size);
  gauge('bytes_per_second', 'Bytes that move, of late', () => tally.rate(Date.now()) ?? 0);
  counters('retries_total', 'Second and further tries at a file', undefined, () => ({
    '': tally.retries,
  }));
  counters('calls_total', 'Requests to Box, by kind', 'kind', () => {
    const { calls: all, uploads: upload, downloads: download, tokens: token } = calls();
    return { api: all - upload, upload, download, token };
  });
  counters('calls_repeated_total', 'Requests made again', undefined, () => ({
    '': calls().retried,
  }));
  counters('calls_refused_total', 'Answers of 429', undefined, () => ({ '': calls().refused }));
  if (limits) {
    const byKind = (part: 'spent' | 'of') => () => {
      const { call, upload, search } = limits();
      return { call: call[part], upload: upload[part], search: search[part] };
    };
    gauges(
      'limit_spent',
      "Calls of the last minute that count for Box's limit",
      'kind',
      byKind('spent'),
    );
    gauges('limit_per_minute', "Box's limit, as far as it is known", 'kind', byKind('of'));
  }
  return countingFailures(registry);
}

/** Why files failed, and when the last one did. */
interface FailureCount {
  add(reason: string, nowMs: number): void;
}

function countingFailures(registry: Registry): FailureCount {
  const registers = [registry];
  const count = new Counter({
    name: 'boxhaul_failures_total',
    help: "Files and folders that failed, by the reason's code",
    labelNames: ['reason'],
    registers,
  });
  const last = new Gauge({
    name: 'boxhaul_last_failure_timestamp_seconds',
    help: "When the last failure was, in seconds since 1970, by its reason's code",
    labelNames: ['reason'],
    registers,
  });
  return {
    add(reason, nowMs) {
      count.inc({ reason });
      last.reset();
      last.set({ reason }, nowMs / 1000);
    },
  };
}

type Values = () => Readonly<Record<string, number>>;

/** Metrics whose values are asked for at each reading; those without a label have one value, under `''`. */
function describing(registry: Registry) {
  const optionsOf = (name: string, help: string, label?: string) => ({
    name: `boxhaul_${name}`,
    help,
    labelNames: label === undefined ? [] : [label],
    registers: [registry],
  });
  const labelled = (label: string | undefined, value: string) =>
    label === undefined ? {} : { [label]: value };
  const gauges = (name: string, help: string, label: string | undefined, values: Values) => {
    const metric: Gauge = new Gauge({
      ...optionsOf(name, help, label),
      collect: () => {
        for (const [key, value] of Object.entries(values())) {
          metric.set(labelled(label, key), value);
        }
      },
    });
  };
  const counters = (name: string, help: string, label: string | undefined, values: Values) => {
    const metric: Counter = new Counter({
      ...optionsOf(name, help, label),
      collect: () => {
        metric.reset();
        for (const [key, value] of Object.entries(values())) {
          metric.inc(labelled(label, key), value);
        }
      },
    });
  };
  const gauge = (name: string, help: string, value: () => number) =>
    gauges(name, help, undefined, () => ({ '': value() }));
  return { gauge, gauges, counters };
}

/** Ends with the process: nobody who reads keeps a command alive. */
async function listening(
  { port, host }: MetricsPlace,
  read: () => Promise<string>,
  contentType: string,
): Promise<Server> {
  const server = createServer((request, response) => {
    // What somebody asks for may be no address at all, such as //.
    if (URL.parse(request.url ?? '', 'http://metrics')?.pathname !== '/metrics') {
      response.writeHead(404).end('/metrics\n');
      return;
    }
    read().then(
      (text) => response.writeHead(200, { 'content-type': contentType }).end(text),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  server.unref();
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once('error', reject).listen(port, host, resolve);
  try {
    await promise;
  } catch (error) {
    throw cannotServe(error as NodeJS.ErrnoException, port, host);
  }
  return server;
}

function cannotServe(error: NodeJS.ErrnoException, port: number, host: string): CliError {
  const isTaken = error.code === 'EADDRINUSE';
  const why = isTaken ? 'something else has the port' : error.message;
  return new CliError(`metrics cannot be served at ${host}:${port}: ${why}`, {
    ways: [
      isTaken
        ? 'give another port, or 0 for any that is free'
        : 'check --metrics-host and --metrics-port',
    ],
    cause: error,
  });
}

function urlOf(server: Server): string {
  const { address, family, port } = server.address() as AddressInfo;
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}/metrics`;
}
