/** Rows that other tables begin with. */
import { on } from '../scenario.ts';

const upload = {
  parts: { attributes: { name: 'a.txt', parent: { id: '0' } }, file: new Blob(['some text']) },
};

/** Gives `file_id`. */
export const aFile = on('POST /files/content', upload, {
  keep: { file_id: 'entries.0.id' },
  invalid: upload,
});

/** Gives `folder_id`. */
export const aFolder = on(
  'POST /folders',
  { json: { name: 'folder', parent: { id: '0' } } },
  { keep: { folder_id: 'id' } },
);

/** Gives `user_id`. */
export const aColleague = on(
  'POST /users',
  { json: { name: 'Ada', login: 'ada@example.test' } },
  { keep: { user_id: 'id' } },
);

/** Gives `group_id`. */
export const aGroup = on(
  'POST /groups',
  { json: { name: 'People' } },
  { keep: { group_id: 'id' } },
);
