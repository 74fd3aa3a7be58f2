/** Every fault, met by uploads. */
import { columns } from './columns.ts';
import { testColumn } from './tests.ts';

for (const column of columns) if (column.direction === 'upload') testColumn(column);
