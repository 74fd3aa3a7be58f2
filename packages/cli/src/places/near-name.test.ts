import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NearName } from './near-name.ts';

const table: [wanted: string, there: string[], near: string | undefined][] = [
  ['Taem', ['Terms', 'Team', 'Archive'], 'Team'],
  ['reports', ['Report', 'Rapporte'], 'Report'],
  ['2027', ['2026', '2025'], '2026'],
  ['lease.pfd', ['lease.pdf', 'lease.txt'], 'lease.pdf'],
  ['a', ['b', 'c'], undefined],
  ['ab', ['ba'], 'ba'],
  ['Invoices', ['Contracts', 'Inbox'], undefined],
  ['', ['a'], undefined],
];
for (const [wanted, there, name] of table) {
  test(`"${wanted}" beside ${there.join(', ')} is most likely ${name}`, () => {
    const near = new NearName(wanted);
    for (const one of there) near.see(one);
    assert.equal(near.name, name);
  });
}
