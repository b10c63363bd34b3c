import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { catalogueOf } from '../../domain/catalogue/catalogue.ts';
import { catalogueMarkdown } from '../../domain/catalogue/markdown.ts';
import { policyBook } from '../../domain/policy/book.ts';
import { parsePolicyPack } from '../../domain/policy/parse-pack.ts';

/** `npm run --silent catalogue`: the catalogue of rules of every programme and pack of the repository, as Markdown. */
const BOOK_FOLDER = fileURLToPath(new URL('../../domain/policy-book', import.meta.url));

/** @throws when a pack of the repository does not fit its programme. */
function packsOfRepository() {
  return readdirSync(BOOK_FOLDER)
    .sort()
    .flatMap((place) =>
      readdirSync(join(BOOK_FOLDER, place))
        .sort()
        .map((file) => {
          const parsed = parsePolicyPack(JSON.parse(readFileSync(join(BOOK_FOLDER, place, file), 'utf8')));
          if (!parsed.ok) throw new Error(`${place}/${file}: ${parsed.error.zh} ${parsed.error.en}`);
          return parsed.value.pack;
        }),
    );
}

const book = policyBook(packsOfRepository());
if (!book.ok) throw new Error(`${book.error.zh} ${book.error.en}`);
// Whoever reads only the first lines closes the pipe: that is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});
process.stdout.write(`${catalogueMarkdown(catalogueOf(book.value))}\n`);
