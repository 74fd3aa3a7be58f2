/** A line of the page: what was measured, what it came to, what it is to reach. */

export interface Figure {
  job: string;
  measure: string;
  value: number;
  toReach: number;
  /** Whether the value is to be at least what is to be reached, or at most. */
  better: 'more' | 'less';
  /** Of the value. @default 2 */
  digits?: number;
  unit?: string;
  /** What the figure was made of. */
  detail: string;
}

export function isReached({ value, toReach, better }: Figure): boolean {
  return better === 'more' ? value >= toReach : value <= toReach;
}

export function render(figures: readonly Figure[]): string {
  return [
    '| job | measure | to reach | figure | | what it is made of |',
    '|---|---|--:|--:|---|---|',
    ...figures.map((figure) => {
      const { job, measure, value, toReach, better, digits = 2, unit = '', detail } = figure;
      const bound = `${better === 'more' ? '≥' : '≤'} ${toReach}${unit}`;
      const verdict = isReached(figure) ? 'reached' : '**missed**';
      return `| ${job} | ${measure} | ${bound} | ${value.toFixed(digits)}${unit} | ${verdict} | ${detail} |`;
    }),
  ].join('\n');
}
