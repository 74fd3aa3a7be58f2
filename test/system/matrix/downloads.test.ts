/** Every fault, met by downloads: one by one, in ranges, as archives. */
import { columns } from './columns.ts';
import { testColumn } from './tests.ts';

for (const column of columns) if (column.direction === 'download') testColumn(column);
