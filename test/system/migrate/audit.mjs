// node audit.mjs manifest.jsonl <address of Box> <token>: is the manifest whole, and all that it names in Box?
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

const [path, address, token] = process.argv.slice(2);
const text = readFileSync(path, 'utf8');
const sha256 = createHash('sha256').update(text).digest('hex');
const [signed] = readFileSync(`${path}.sha256`, 'utf8').split(' ');
if (sha256 !== signed) throw new Error('this is not the file that its SHA-256 was taken of');
const lines = text.trim().split('\n');
for (const line of lines) {
  const { path: name, kind, id, size, sha1 } = JSON.parse(line);
  const url = `${address}/2.0/${kind}s/${id}?fields=size,sha1,item_status`;
  const answer = await fetch(url, { headers: { authorization: `Bearer ${token}` } });
  const found = answer.ok ? await answer.json() : {};
  const isSame = kind !== 'file' || (found.size === size && found.sha1 === sha1);
  if (found.item_status !== 'active' || !isSame) throw new Error(`${name} is another in Box`);
}
console.log(`${lines.length} rows, all as in Box`);
