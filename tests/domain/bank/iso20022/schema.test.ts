import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { validateXML } from 'xmllint-wasm';
import { writeAdvice, writeDayStatement } from '../../../../domain/bank/iso20022/camt-writer.ts';
import { writeStatusReport } from '../../../../domain/bank/iso20022/pain002-writer.ts';
import { namespaceOf } from '../../../../domain/bank/iso20022/xml.ts';
import { anyStatement, anyTransfer, FILE, transaction, written } from './samples.ts';
import { schemaArchive, schemaIn } from './schemas.ts';

/** Everything that is written, against the schemas as ISO published them. */
const archive = schemaArchive();
const SCHEMAS = 'needs the Debian package libhbci4j-core-java, installed or to be fetched';

/** Faults that the schema of a message finds in documents; all in one go, because each start takes its time. */
async function faults(message: string, documents: readonly string[]): Promise<string[]> {
  const result = await validateXML({
    xml: documents.map((contents, index) => ({ fileName: `document-${index}.xml`, contents })),
    schema: [{ fileName: `${message}.xsd`, contents: schemaIn(archive!, `${message}.xsd`) }],
    initialMemoryPages: 1024,
    maxMemoryPages: 4096,
  });
  return result.errors.map(({ message: found }) => found);
}

/** Statement and advice have the entries and balances of the account report, whose schema the package has; their own it lacks. */
const asReport = (text: string, message: string, content: string, statement: string) =>
  text
    .replace(namespaceOf(message), namespaceOf('camt.052.001.08'))
    .replaceAll(new RegExp(`(</?)${content}>`, 'g'), '$1BkToCstmrAcctRpt>')
    .replaceAll(new RegExp(`(</?)${statement}>`, 'g'), '$1Rpt>');

describe.skipIf(!archive)(`schemas of ISO 20022 (${SCHEMAS})`, () => {
  it('property: every credit transfer is valid', async () => {
    const documents = fc.sample(anyTransfer, { numRuns: 40, seed: 20 }).map((input) => written(input).text);
    expect(await faults('pain.001.001.09', documents)).toEqual([]);
  });

  it('what is not valid is found, so that the check above means something', async () => {
    const { text } = written();
    expect(
      await faults('pain.001.001.09', [text.replace(/<EndToEndId>[^<]*<\/EndToEndId>/, '')]),
    ).not.toEqual([]);
    expect(await faults('pain.001.001.09', [text.replace('<Dt>2026-12-10</Dt>', '2026-12-10')])).not.toEqual(
      [],
    );
  });

  it('what it lets pass: sums, counts, ids twice, parts of a fen (see credit-transfer.test.ts)', async () => {
    const { text } = written();
    const wrong = [
      text.replaceAll('>1500.51<', '>9.99<'),
      text.replaceAll('<NbOfTxs>3', '<NbOfTxs>7'),
      text.replace('GL-7Z3K9QX2M4BU-1<', 'GL-7Z3K9QX2M4BT-1<'),
      text.replace('>300.50<', '>300.50001<'),
    ];
    expect(wrong).not.toContain(text);
    expect(await faults('pain.001.001.09', wrong)).toEqual([]);
  });

  it('every status report is valid', async () => {
    const base = { instructionFile: FILE, createdAt: '2026-12-10T18:00:00+08:00', answer: 1, status: 'PART' };
    const { bookedOn: _, ...unbooked } = transaction({
      status: 'RJCT',
      reasonCode: 'AC04',
      reasonText: '账户已销户',
      bankSerial: '',
    });
    const documents = [
      writeStatusReport({
        ...base,
        transactions: [transaction(), unbooked, transaction({ status: 'PDNG', reasonCode: 'E.19_2-x' })],
      }),
      writeStatusReport({
        ...base,
        status: 'RJCT',
        reason: { code: 'AM10', text: '总金额不符' },
        transactions: [],
      }),
    ];
    expect(await faults('pain.002.001.10', documents)).toEqual([]);
  });

  it('property: every statement and advice has valid entries and balances', async () => {
    const message = { messageId: 'ST-20261210-1', createdAt: '2026-12-10T20:00:00+08:00' };
    const documents = fc
      .sample(anyStatement, { numRuns: 20, seed: 20 })
      .flatMap((statement) => [
        asReport(writeDayStatement({ ...message, statement }), 'camt.053.001.08', 'BkToCstmrStmt', 'Stmt'),
        asReport(
          writeAdvice({ ...message, statement }),
          'camt.054.001.08',
          'BkToCstmrDbtCdtNtfctn',
          'Ntfctn',
        ),
      ]);
    expect(await faults('camt.052.001.08', documents)).toEqual([]);
  });
});
