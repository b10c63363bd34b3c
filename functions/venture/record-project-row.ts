import { type Fen, writtenFen, ZERO } from '../../domain/money.ts';
import { readBudgetCell } from '../../domain/register/project-columns.ts';
import type { RowFault, RowValues } from '../../domain/register/sheets.ts';
import { invariant, ok, type Refusal, type Result, refuse } from '../../domain/result.ts';
import { categoryNamed } from '../../domain/venture/budget-words.ts';
import type { Call } from '../../domain/venture/call.ts';
import type { RowRecorded } from '../register/propose-from-sheet.ts';
import type { ImportOrigin } from '../register/record-row.ts';
import { type Form, fileApplication } from './file-project.ts';
import type { FilingPorts } from './ports.ts';

/** Files the projects of a sheet, row by row; each stands for itself. */
export class ProjectRecorder {
  readonly #ports: FilingPorts;
  readonly #origin: ImportOrigin;
  #call: Call | undefined;

  constructor(ports: FilingPorts, origin: ImportOrigin) {
    this.#ports = ports;
    this.#origin = origin;
  }

  /** What the rows are for. */
  async prepare(): Promise<void> {
    const { jurisdiction, importId } = this.#origin;
    const sheet = await this.#ports.calls.sheet(jurisdiction, importId);
    const call = sheet && (await this.#ports.calls.call(jurisdiction, sheet.callId));
    invariant(call?.ok, `the call of the projects of import ${importId} is not there`);
    this.#call = call.value;
  }

  async record(values: RowValues, row: number): Promise<Result<RowRecorded, readonly RowFault[]>> {
    const { importId, jurisdiction, by, requestedOn } = this.#origin;
    invariant(this.#call, 'the call is read before its rows');
    const source = `import:${importId}`;
    const filed = await fileApplication(
      this.#ports,
      this.#call,
      formOf(this.#call, values),
      { filedOn: requestedOn, source },
      { jurisdiction, by, request: `${importId}:${row}` },
    );
    if (!filed.ok) return refuse(filed.error.map(faultOf));
    const { sources } = filed.value.project;
    // A chunk that is done again tells what it did the first time.
    const outcome = sources[0] === source ? 'created' : sources.includes(source) ? 'changed' : 'unchanged';
    return ok({ outcome, accountChange: filed.value.accountProposed });
  }
}

const faultOf = ({ zh, en }: Refusal): RowFault => ({ zh, en });

function formOf({ rules }: Call, values: RowValues): Form {
  const { number = '', projectName = '', organisation = '', code = '', holder = '', account = '' } = values;
  const { bankName, phone, group, track, serviceHours } = values;
  return {
    number,
    name: projectName,
    organisation: {
      code,
      name: organisation,
      account: { account, holderName: holder, ...(bankName !== undefined && { bankName }) },
      ...(phone !== undefined && { phone }),
    },
    ...(group !== undefined && { sponsoredGroup: group }),
    ...(track !== undefined && { track }),
    asked: fenOf(values['asked']),
    budget: fenOf(values['budget']),
    ownFunds: fenOf(values['ownFunds']),
    donated: fenOf(values['donated']),
    otherGovernmentMoney: values['otherMoney'] === 'yes',
    lines: (readBudgetCell(values['lines'] ?? '') ?? []).map(({ category, item, yuan }) => ({
      category: categoryNamed(rules, category),
      item,
      fen: fenOf(yuan),
    })),
    from: values['from'] ?? '',
    to: values['to'] ?? '',
    ...(serviceHours !== undefined && { serviceHours: Number(serviceHours) }),
  };
}

function fenOf(yuan: string | undefined): Fen {
  return yuan === undefined ? ZERO : writtenFen(yuan);
}
