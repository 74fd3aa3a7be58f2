import type { Database } from './database.ts';

export interface TermsRow {
  id: number;
  enterprise_id: number;
  kind: 'managed' | 'external';
  status: 'enabled' | 'disabled';
  text: string;
  created_at: number;
  modified_at: number;
}

export interface TermsAnswerRow {
  id: number;
  terms_id: number;
  user_id: number;
  is_accepted: 0 | 1;
  created_at: number;
  modified_at: number;
}

/** An enterprise's terms of service, and who has agreed to them. */
export interface Terms {
  /** Gives the row its id. Throws SQLite's unique violation when there are some of that kind. */
  add(row: Omit<TermsRow, 'id'>): TermsRow;
  get(id: number): TermsRow | undefined;
  of(enterpriseId: number): TermsRow[];
  update(row: TermsRow): void;
  /** Gives the row its id. Throws SQLite's unique violation when the user has answered. */
  addAnswer(row: Omit<TermsAnswerRow, 'id'>): TermsAnswerRow;
  answer(id: number): TermsAnswerRow | undefined;
  answers(termsId: number): TermsAnswerRow[];
  updateAnswer(row: TermsAnswerRow): void;
}

export function openTerms({ prepare }: Database, takeId: () => number): Terms {
  const insert = prepare('INSERT INTO terms_of_service VALUES (?, ?, ?, ?, ?, ?, ?)');
  const byId = prepare<TermsRow>('SELECT * FROM terms_of_service WHERE id = ?');
  const list = prepare<TermsRow>(
    'SELECT * FROM terms_of_service WHERE enterprise_id = ? ORDER BY id',
  );
  const update = prepare(
    'UPDATE terms_of_service SET status = ?, text = ?, modified_at = ? WHERE id = ?',
  );
  const insertAnswer = prepare('INSERT INTO terms_answers VALUES (?, ?, ?, ?, ?, ?)');
  const answerById = prepare<TermsAnswerRow>('SELECT * FROM terms_answers WHERE id = ?');
  const answers = prepare<TermsAnswerRow>(
    'SELECT * FROM terms_answers WHERE terms_id = ? ORDER BY id',
  );
  const updateAnswer = prepare(
    'UPDATE terms_answers SET is_accepted = ?, modified_at = ? WHERE id = ?',
  );
  return {
    add: (row) => {
      const id = takeId();
      const { enterprise_id, kind, status, text, created_at, modified_at } = row;
      insert.run(id, enterprise_id, kind, status, text, created_at, modified_at);
      return { id, ...row };
    },
    get: (id) => byId.get(id),
    of: (enterpriseId) => list.all(enterpriseId),
    update: ({ status, text, modified_at, id }) => {
      update.run(status, text, modified_at, id);
    },
    addAnswer: (row) => {
      const id = takeId();
      const { terms_id, user_id, is_accepted, created_at, modified_at } = row;
      insertAnswer.run(id, terms_id, user_id, is_accepted, created_at, modified_at);
      return { id, ...row };
    },
    answer: (id) => answerById.get(id),
    answers: (termsId) => answers.all(termsId),
    updateAnswer: ({ is_accepted, modified_at, id }) => {
      updateAnswer.run(is_accepted, modified_at, id);
    },
  };
}
