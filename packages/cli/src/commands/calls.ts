import type { Spending } from '@boxhaul/transfer';
import type { CommandContext } from '../context.ts';
import { ExitCode } from '../exit-codes.ts';
import { formatCount } from '../output/format.ts';
import { printable } from '../output/width.ts';
import { openStateToShow } from '../state.ts';

/** How many days are listed; months are listed for as long as there were any. */
const DAYS = 14;

/** `boxhaul calls`. */
export async function runCalls(context: CommandContext): Promise<ExitCode> {
  const state = await openStateToShow(context);
  try {
    const [days, months] = [state.ledger.by('day'), state.ledger.by('month')];
    const latest = new Set([...new Set(days.map(({ period }) => period))].slice(0, DAYS));
    show(context, 'month', months);
    show(
      context,
      'day',
      days.filter(({ period }) => latest.has(period)),
    );
    if (days.length === 0) context.output.say('no call was made yet');
  } finally {
    state.close();
  }
  return ExitCode.done;
}

function show({ output }: CommandContext, name: string, rows: readonly Spending[]): void {
  for (const row of rows) {
    output.event('calls', { of: name, ...row, account: row.account.trim() });
  }
  if (rows.length === 0) return;
  const table = [
    [name, 'calls', 'uploads', 'refused', 'with'],
    ...rows.map(({ period, calls, uploads, refused, account }) => [
      period,
      formatCount(calls),
      formatCount(uploads),
      formatCount(refused),
      printable(account.trim()),
    ]),
  ];
  const widths = [0, 1, 2, 3].map((at) => Math.max(...table.map((row) => (row[at] ?? '').length)));
  for (const [index, row] of table.entries()) {
    const cells = row.map((cell, at) =>
      at === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[at] ?? 0),
    );
    const line = cells.join('  ');
    output.say(index === 0 ? output.style.dim(line) : line);
  }
}
