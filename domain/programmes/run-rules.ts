import type { ProgrammeId } from '../ids.ts';
import { ok, type Result, refusal, refuse } from '../result.ts';
import { childInNeedRunRules } from './child-in-need/run-rules.ts';
import { dibaoRunRules } from './dibao/run-rules.ts';
import { disabilityLivingRunRules } from './disability-living/run-rules.ts';
import { disabilityNursingRunRules } from './disability-nursing/run-rules.ts';
import { disasterReliefRunRules } from './disaster-relief/run-rules.ts';
import { educationAidRunRules } from './education-aid/run-rules.ts';
import { elderlyConstructionRunRules } from './elderly-construction/run-rules.ts';
import { elderlyInstitutionRunRules } from './elderly-institution/run-rules.ts';
import { elderlyOrdersRunRules } from './elderly-orders/run-rules.ts';
import { elderlyServiceRunRules } from './elderly-service/run-rules.ts';
import { electricityAidRunRules } from './electricity-aid/run-rules.ts';
import { employerSocialInsuranceRunRules } from './employer-social-insurance/run-rules.ts';
import { funeralRunRules } from './funeral/run-rules.ts';
import { greenBurialRunRules } from './green-burial/run-rules.ts';
import { greenBurialAgreementRunRules } from './green-burial-agreement/run-rules.ts';
import { highAgeRunRules } from './high-age/run-rules.ts';
import { housingAidRunRules } from './housing-aid/run-rules.ts';
import { imprestRunRules } from './imprest/run-rules.ts';
import { orphanRunRules } from './orphan/run-rules.ts';
import { priceSubsidyRunRules } from './price-subsidy/run-rules.ts';
import type { RunRules } from './programme.ts';
import { tekunRunRules } from './tekun/run-rules.ts';
import { tekunCareRunRules } from './tekun-care/run-rules.ts';
import { tekunPocketMoneyRunRules } from './tekun-pocket-money/run-rules.ts';
import { temporaryAidRunRules } from './temporary-aid/run-rules.ts';
import { unattendedChildRunRules } from './unattended-child/run-rules.ts';
import { ventureFundRunRules } from './venture-fund/run-rules.ts';
import { veteransCareRunRules } from './veterans-care/run-rules.ts';

/**
 * What a run asks of every programme, in the order of the registry in ./index.ts: apart from it, so that who computes and pays a run
 * carries neither the rules that propose determinations nor the schemas of policy.
 */
const REGISTRY: readonly RunRules[] = [
  dibaoRunRules,
  tekunRunRules,
  tekunCareRunRules,
  tekunPocketMoneyRunRules,
  orphanRunRules,
  unattendedChildRunRules,
  childInNeedRunRules,
  disabilityLivingRunRules,
  disabilityNursingRunRules,
  elderlyServiceRunRules,
  highAgeRunRules,
  veteransCareRunRules,
  priceSubsidyRunRules,
  temporaryAidRunRules,
  imprestRunRules,
  ventureFundRunRules,
  funeralRunRules,
  greenBurialRunRules,
  greenBurialAgreementRunRules,
  disasterReliefRunRules,
  employerSocialInsuranceRunRules,
  electricityAidRunRules,
  housingAidRunRules,
  educationAidRunRules,
  elderlyOrdersRunRules,
  elderlyInstitutionRunRules,
  elderlyConstructionRunRules,
];

/** By id; iteration keeps stacking order. */
export const RUN_RULES: Readonly<Record<ProgrammeId, RunRules | undefined>> = Object.assign(
  // No prototype: an id such as "constructor" is an unknown programme like any other.
  Object.create(null),
  Object.fromEntries(REGISTRY.map((rules) => [rules.id, rules])),
);

/** The rules of the programme by its id. Refusal: `invalid/programme`, naming those there are. */
export function runRules(id: ProgrammeId): Result<RunRules> {
  const rules = RUN_RULES[id];
  return rules ? ok(rules) : unknownProgramme(id);
}

export function unknownProgramme(id: ProgrammeId): Result<never> {
  const known = Object.keys(RUN_RULES).join(', ');
  return refuse(
    refusal(
      'invalid/programme',
      `没有“${id}”这个发放项目，现有：${known}`,
      `there is no programme "${id}"; there are: ${known}`,
      { programme: id },
    ),
  );
}
