/** Representations that somebody has had made. What they hold follows from the version that they are of. */
export const previewSchema = `
CREATE TABLE representations (
  version_id INTEGER NOT NULL,
  name TEXT NOT NULL,                    -- as in its URL: jpg_1024x1024, extracted_text
  PRIMARY KEY (version_id, name)
) WITHOUT ROWID;
`;

/** The tables that hold representations. */
export const previewTables = ['representations'];
